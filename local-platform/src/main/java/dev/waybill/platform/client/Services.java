package dev.waybill.platform.client;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;

/** The services' REST interface as somebody outside sees it. That nobody answers is an answer too. */
final class Services {

    /** The status where nobody answered; the text then says why. */
    static final int UNREACHABLE = 0;

    private static final Duration ANSWER_BOUND = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private final JsonMapper json = new JsonMapper();
    private final String authorization;

    /** @param caller in whose name everything is asked */
    Services(String caller, boolean operator) {
        this.authorization = "Bearer " + Token.of(caller, operator, "./demo", Clock.systemUTC());
    }

    /** What came back. */
    record Answer(int status, JsonNode body, String text) {

        boolean isOk() {
            return status / 100 == 2;
        }

        /** For a person: the status and, of a problem, what it says. */
        String inWords() {
            if (status == UNREACHABLE) {
                return "no answer (" + text + ")";
            }
            String detail = body.path("detail").asString("");
            return status + " " + body.path("title").asString("") + (detail.isEmpty() ? "" : ": " + detail);
        }
    }

    Answer post(String url, Object body, String idempotencyKey) throws InterruptedException {
        return exchange(HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    Answer put(String url, Object body) throws InterruptedException {
        return exchange(HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    Answer delete(String url) throws InterruptedException {
        return exchange(HttpRequest.newBuilder(URI.create(url)).DELETE());
    }

    Answer get(String url) throws InterruptedException {
        return exchange(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    private Answer exchange(HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(
                    request.timeout(ANSWER_BOUND).header("Authorization", authorization)
                            .header("Accept", "application/json, application/problem+json").build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), parsed(response.body()), response.body());
        } catch (IOException e) {
            return new Answer(UNREACHABLE, MissingNode.getInstance(), e.toString());
        }
    }

    private JsonNode parsed(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : json.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
