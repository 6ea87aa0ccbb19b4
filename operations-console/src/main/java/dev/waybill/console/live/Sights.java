package dev.waybill.console.live;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds what is seen under an address. */
@Component
class Sights {

    private final Map<PathPattern, Sight.Look> looks = new LinkedHashMap<>();

    Sights(List<Sight> sights) {
        sights.forEach(sight -> looks.put(PathPatternParser.defaultInstance.parse(sight.path()), sight.look()));
    }

    /** Takes a look at a page each time that it is asked; empty where no page with that address keeps itself up to date. */
    Optional<Supplier<Object>> at(String address) {
        try {
            UriComponents uri = UriComponentsBuilder.fromUriString(address).build();
            PathContainer path = PathContainer.parsePath(Objects.requireNonNullElse(uri.getPath(), ""));
            Map<String, String> parameters = parameters(uri.getQueryParams());
            return looks.entrySet().stream().flatMap(each -> {
                PathPattern.PathMatchInfo match = each.getKey().matchAndExtract(path);
                return Optional.ofNullable(match).map(info -> look(each.getValue(),
                        new Address(info.getUriVariables(), parameters))).stream();
            }).findFirst();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Supplier<Object> look(Sight.Look look, Address address) {
        return () -> look.at(address);
    }

    private static Map<String, String> parameters(MultiValueMap<String, String> encoded) {
        Map<String, String> parameters = new HashMap<>();
        encoded.forEach((name, values) -> parameters.put(decoded(name), decoded(values.getFirst())));
        return parameters;
    }

    /** What is only named has no value. */
    private static String decoded(@Nullable String text) {
        return text == null ? "" : UriUtils.decode(text, StandardCharsets.UTF_8);
    }
}
