package dev.waybill.system.driver;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests to the running services, as any client makes them. */
public final class Http {

    static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** What came back. */
    public record Answer(int status, Map<String, String> headers, String body) {

        public JsonNode json() {
            return JSON.readTree(body);
        }

        public String contentType() {
            return headers.getOrDefault("content-type", "");
        }

        private static Answer of(HttpResponse<String> response) {
            Map<String, String> headers = new HashMap<>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
            return new Answer(response.statusCode(), headers, response.body());
        }
    }

    /** @throws IOException where nothing came back: nobody knows whether it was done */
    public Answer get(URI uri) throws IOException {
        return send(HttpRequest.newBuilder(uri).GET());
    }

    /** @throws IOException where nothing came back: nobody knows whether it was done */
    public Answer post(URI uri, Map<String, String> headers, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    /** @throws IOException where nothing came back: nobody knows whether it was done */
    public Answer put(URI uri, Map<String, String> headers, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    /** @throws IOException where nothing came back: nobody knows whether it was done */
    public Answer delete(URI uri) throws IOException {
        return send(HttpRequest.newBuilder(uri).DELETE());
    }

    /**
     * A stream of events (SSE), line by line, until the other side closes it.
     *
     * @throws IOException where nothing came back
     */
    public List<String> stream(URI uri, Duration atMost) throws IOException {
        try {
            return client
                    .send(HttpRequest.newBuilder(uri).header("Accept", "text/event-stream").timeout(atMost).build(),
                            BodyHandlers.ofLines())
                    .body().toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    /** Whether a service says that it is ready. */
    public boolean isReady(URI service) {
        try {
            return get(service.resolve("/readyz")).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            return Answer.of(client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
