package dev.waybill.messaging.outside;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * An HTTP API outside that takes POSTs with an idempotency key. An answer is what the other side has said in so many words;
 * everything else, a server error, a time-out, a cut connection, bytes that are no JSON, an open breaker, is an
 * {@link OutcomeUnknownException}. The breaker counts only such faults, never an answer, however unwelcome. One that has opened is
 * closed by one answer: where a call comes twice in an hour, it would else stand half open for an hour after all is well.
 */
public final class OutsideHttp {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String name;
    private final RestClient client;
    private final CircuitBreaker breaker;
    private final Retry retry;

    /**
     * How long to wait for the other side, and how often to try. All attempts together have to end well within
     * {@code waybill.outside-calls.claim}.
     *
     * @param readTimeout from the request's end to the answer's
     * @param attempts in a row, where the fault is one that may pass at once
     * @param breakerOpen so long a breaker that has opened lets nothing through
     */
    public record Limits(
            @DefaultValue("1s") Duration connectTimeout,
            @DefaultValue("2s") Duration readTimeout,
            @DefaultValue("2") int attempts,
            @DefaultValue("100ms") Duration pause,
            @DefaultValue("2s") Duration breakerOpen) {}

    /** @param name of the other side, in metrics and messages */
    public OutsideHttp(
            String name, URI url, Limits limits, RestClient.Builder builder, CircuitBreakerRegistry breakers) {
        this.name = name;
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.connectTimeout()).build();
        var factory = new JdkClientHttpRequestFactory(http);
        factory.setReadTimeout(limits.readTimeout());
        this.client = builder.baseUrl(url.toString()).requestFactory(factory).build();
        this.breaker = breakers.circuitBreaker(
                name,
                CircuitBreakerConfig.custom().slidingWindowSize(20).minimumNumberOfCalls(10).failureRateThreshold(50)
                        .waitDurationInOpenState(limits.breakerOpen()).permittedNumberOfCallsInHalfOpenState(1)
                        // The one call may end without an answer to the breaker: by an Error.
                        .maxWaitDurationInHalfOpenState(
                                limits.connectTimeout().plus(limits.readTimeout()).multipliedBy(2))
                        .recordExceptions(OutcomeUnknownException.class).build());
        this.retry = Retry.of(
                name,
                RetryConfig.custom().maxAttempts(limits.attempts()).waitDuration(limits.pause())
                        .retryOnException(e -> e instanceof OutcomeUnknownException u && u.askAgainAtOnce()).build());
    }

    /**
     * What the other side has said.
     *
     * @param status below 500
     * @param body JSON; empty where there was none
     */
    public record Answer(String from, int status, JsonNode body) {

        private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

        public boolean done() {
            return status == 200 || status == 201;
        }

        /** The {@code code} of a problem (RFC 9457); empty where there is none, or a text that is more than a code. */
        public String code() {
            String code = body.path("code").asString("");
            return CODE.matcher(code).matches() ? code : "";
        }

        /**
         * @throws OutcomeUnknownException where the answer does not have this text
         */
        public String text(String field) {
            String text = body.path(field).asString("");
            if (text.isBlank()) {
                throw notUnderstood();
            }
            return text;
        }

        /** For an answer that says nothing we know how to take. */
        public OutcomeUnknownException notUnderstood() {
            return new OutcomeUnknownException("%s answered %d %s".formatted(from, status, code()), false);
        }
    }

    /**
     * Sends a request, again where that may help, always with the same key.
     *
     * @throws OutcomeUnknownException where there is no answer
     */
    public Answer post(UUID idempotencyKey, Object body, String path, Object... variables) {
        // Of several attempts in a row the last may be the only one that asks nothing.
        AtomicBoolean asked = new AtomicBoolean();
        try {
            return retry.executeSupplier(
                    () -> breaker.executeSupplier(() -> send(asked, idempotencyKey, body, path, variables)));
        } catch (CallNotPermittedException e) {
            throw new OutcomeUnknownException(
                    name + " is not asked for now: it has failed too often", asked.get(), false, e);
        }
    }

    private Answer send(AtomicBoolean asked, UUID idempotencyKey, Object body, String path, Object... variables) {
        try {
            return client.post().uri(path, variables).header("Idempotency-Key", idempotencyKey.toString())
                    .contentType(MediaType.APPLICATION_JSON)
                    .accept(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON).body(body)
                    .exchangeForRequiredValue((request, response) -> read(asked, response));
        } catch (ResourceAccessException e) {
            boolean unreached = e.getCause() instanceof ConnectException
                    || e.getCause() instanceof HttpConnectTimeoutException;
            boolean timedOut = e.getCause() instanceof HttpTimeoutException && !unreached;
            if (!unreached) {
                asked.set(true);
            }
            throw new OutcomeUnknownException(name + " gave no answer: " + e.getMessage(), asked.get(), !timedOut, e);
        }
    }

    private Answer read(AtomicBoolean asked, ClientHttpResponse response) throws IOException {
        asked.set(true);
        int status = response.getStatusCode().value();
        if (status >= 500 || status == 408 || status == 429) {
            throw new OutcomeUnknownException("%s answered %d".formatted(name, status), status >= 500);
        }
        try {
            byte[] body = response.getBody().readAllBytes();
            return new Answer(name, status, body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body));
        } catch (JacksonException e) {
            throw new OutcomeUnknownException("%s answered %d and no JSON".formatted(name, status), true, true, e);
        }
    }
}
