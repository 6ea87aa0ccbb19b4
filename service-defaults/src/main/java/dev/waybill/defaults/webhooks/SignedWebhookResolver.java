package dev.waybill.defaults.webhooks;

import dev.waybill.defaults.problems.Problem;
import dev.waybill.defaults.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import static dev.waybill.defaults.webhooks.WebhookSignature.HEADER;
import static dev.waybill.defaults.webhooks.WebhookSignature.TIMESTAMP_HEADER;

/** Lets a webhook pass whose signature is right and not too old. Its body is read up to the limit that every request has. */
final class SignedWebhookResolver implements HandlerMethodArgumentResolver {

    private static final ProblemType NOT_AUTHENTIC = new ProblemType("webhook-not-authentic", HttpStatus.UNAUTHORIZED,
            "It cannot be told that this webhook is genuine");

    private final WebhookSettings settings;
    private final Clock clock;
    private final JsonMapper json;

    SignedWebhookResolver(WebhookSettings settings, Clock clock, JsonMapper json) {
        this.settings = settings;
        this.clock = clock;
        this.json = json;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == SignedWebhook.class;
    }

    @Override
    public SignedWebhook resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) throws IOException {
        HttpServletRequest request = Objects.requireNonNull(webRequest.getNativeRequest(HttpServletRequest.class));
        String signature = only(request, HEADER);
        String timestamp = only(request, TIMESTAMP_HEADER);
        if (!timestamp.matches("[0-9]{1,12}")) {
            throw refused(TIMESTAMP_HEADER, "Whole seconds since 1970 are wanted here");
        }
        byte[] body = request.getInputStream().readAllBytes();
        long sentAt = Long.parseLong(timestamp);
        if (!new WebhookSignature(settings.secret()).matches(signature, sentAt, body)) {
            throw refused(HEADER, "This is not the signature of this time and this body");
        }
        if (Duration.between(Instant.ofEpochSecond(sentAt), clock.instant()).abs()
                .compareTo(settings.tolerance()) > 0) {
            throw refused(TIMESTAMP_HEADER, "This is too far from the time that it is here");
        }
        return new SignedWebhook(body, new ServletServerHttpRequest(request), json);
    }

    private static String only(HttpServletRequest request, String header) {
        List<String> values = Collections.list(request.getHeaders(header));
        if (values.size() != 1) {
            throw refused(header, values.isEmpty() ? "This header is missing" : "This header stands there twice");
        }
        return values.getFirst();
    }

    private static Problem refused(String header, String violation) {
        return NOT_AUTHENTIC.because("A webhook is signed with the secret that its sender shares with us")
                .atHeader(header, violation);
    }
}
