package dev.waybill.console.services;

import dev.waybill.console.services.Answer.Answered;
import dev.waybill.console.services.Answer.Refused;
import dev.waybill.console.services.Answer.Silent;
import dev.waybill.console.who.Who;
import dev.waybill.defaults.operators.Operator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.util.UriBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One service over HTTP. Whatever happens on the way comes back as an {@link Answer}: nothing is thrown, and nothing is asked a
 * second time.
 */
public final class ServiceHttp {

    private static final JsonMapper JSON = JsonMapper.builder()
            // A service may be newer than the console.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    /** Many times what any page of any service takes; what is read is held in memory. */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final String name;
    private final RestClient client;

    ServiceHttp(String name, RestClient client) {
        this.name = name;
        this.client = client;
    }

    public String name() {
        return name;
    }

    /** @param path with the ids in it, as they are */
    public <T> Answer<T> get(Class<T> type, String path) {
        return get(type, path, Map.of());
    }

    /** @param query what is null or empty is left out */
    public <T> Answer<T> get(Class<T> type, String path, Map<String, ? extends @Nullable Object> query) {
        return ask(HttpMethod.GET, uri -> withQuery(uri.path(path), query), headers -> {}, null,
                JSON.constructType(type));
    }

    /** @param query what is null or empty is left out */
    public <T> Answer<Listing<T>> list(Class<T> item, String path, Map<String, ? extends @Nullable Object> query) {
        return ask(HttpMethod.GET, uri -> withQuery(uri.path(path), query), headers -> {}, null,
                JSON.getTypeFactory().constructParametricType(Listing.class, item));
    }

    /** How an answer is read that is not JSON. */
    @FunctionalInterface
    public interface Reading<T> {

        /** @throws IllegalArgumentException where it cannot be understood */
        T of(InputStream body) throws IOException;
    }

    /** @param query what is null or empty is left out */
    public <T> Answer<T> get(MediaType form, String path, Map<String, ? extends @Nullable Object> query,
            Reading<T> reading) {
        try {
            return client.get().uri(uri -> withQuery(uri.path(path), query)).accept(form)
                    .exchangeForRequiredValue((sent, received) -> this.<T>read(received, reading));
        } catch (ResourceAccessException e) {
            return silent(Objects.requireNonNullElse(e.getCause(), e));
        } catch (RestClientException e) {
            return notUnderstood();
        }
    }

    /** Has something done, in somebody's name. */
    public <T> Answer<T> post(Class<T> type, String path, Who who, Object body) {
        return ask(HttpMethod.POST, uri -> uri.path(path).build(),
                headers -> headers.set(Operator.HEADER, who.name()), body, JSON.constructType(type));
    }

    /**
     * Has something done about a thing, in somebody's name, only as long as it is as they saw it.
     *
     * @param version that they looked at
     */
    public <T> Answer<T> post(Class<T> type, String path, Who who, long version, Object body) {
        return asSeen(HttpMethod.POST, type, path, who, version, body);
    }

    /**
     * Has something changed, in somebody's name.
     *
     * @param version that they looked at
     */
    public <T> Answer<T> put(Class<T> type, String path, Who who, long version, Object body) {
        return asSeen(HttpMethod.PUT, type, path, who, version, body);
    }

    private <T> Answer<T> asSeen(
            HttpMethod method, Class<T> type, String path, Who who, long version, Object body) {
        return ask(method, uri -> uri.path(path).build(), headers -> {
            headers.set(Operator.HEADER, who.name());
            headers.setIfMatch("\"%d\"".formatted(version));
        }, body, JSON.constructType(type));
    }

    private <T> Answer<T> ask(HttpMethod method, Destination to, Consumer<HttpHeaders> headers,
            @Nullable Object body, JavaType type) {
        try {
            var request = client.method(method).uri(to::in).headers(headers).accept(MediaType.APPLICATION_JSON,
                    MediaType.APPLICATION_PROBLEM_JSON);
            if (body != null) {
                request.contentType(MediaType.APPLICATION_JSON).body(JSON.writeValueAsBytes(body));
            }
            return request.exchangeForRequiredValue((sent, received) -> this.<T>read(received, type));
        } catch (ResourceAccessException e) {
            return silent(Objects.requireNonNullElse(e.getCause(), e));
        } catch (RestClientException e) {
            return notUnderstood();
        }
    }

    @FunctionalInterface
    private interface Destination {
        URI in(UriBuilder service);
    }

    private static URI withQuery(UriBuilder uri, Map<String, ? extends @Nullable Object> query) {
        Map<String, Object> given = query.entrySet().stream()
                .filter(each -> each.getValue() != null && !each.getValue().toString().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, each -> Objects.requireNonNull(each.getValue())));
        // As variables, so that every character of a value is encoded that has a meaning in an address.
        given.keySet().forEach(key -> uri.queryParam(key, "{" + key + "}"));
        return uri.build(given);
    }

    private <T> Answer<T> read(ClientHttpResponse received, JavaType type) throws IOException {
        int status = received.getStatusCode().value();
        byte[] body = received.getBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            return new Silent<>(name, true, "has answered more than can be read");
        } else if (status >= 500) {
            return new Silent<>(name, true, "cannot answer at the moment (%d)".formatted(status));
        } else if (status >= 400) {
            return refused(status, body);
        }
        try {
            T value = JSON.readValue(body, type);
            if (value != null) {
                return new Answered<>(value);
            }
        } catch (JacksonException e) {
            // As good as nothing, see below.
        }
        return notUnderstood();
    }

    private <T> Answer<T> read(ClientHttpResponse received, Reading<T> reading) throws IOException {
        int status = received.getStatusCode().value();
        if (status != 200) {
            return new Silent<>(name, true, "cannot answer at the moment (%d)".formatted(status));
        }
        try {
            return new Answered<>(reading.of(received.getBody()));
        } catch (IllegalArgumentException e) {
            return notUnderstood();
        }
    }

    private <T> Answer<T> notUnderstood() {
        return new Silent<>(name, true, "has answered in a way that cannot be understood");
    }

    private <T> Answer<T> refused(int status, byte[] body) {
        JsonNode problem;
        try {
            problem = JSON.readTree(body);
        } catch (JacksonException e) {
            problem = JSON.nullNode();
        }
        String detail = Stream.concat(
                Stream.of(problem.path("detail").asString("")),
                problem.path("errors").valueStream().map(error -> error.path("detail").asString("")))
                .filter(words -> !words.isBlank()).collect(Collectors.joining(". "));
        return new Refused<>(name, status, problem.path("title").asString("Refused with " + status), detail);
    }

    private <T> Answer<T> silent(Throwable fault) {
        return switch (fault) {
            case ConnectException away -> new Silent<>(name, false, "cannot be reached");
            case HttpConnectTimeoutException away -> new Silent<>(name, false, "cannot be reached");
            case HttpTimeoutException late -> new Silent<>(name, true, "has not answered in time");
            default -> new Silent<>(name, true, "has broken off the connection");
        };
    }
}
