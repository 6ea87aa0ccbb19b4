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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Requests to the running services, as any client makes them. */
public final class Http {

    static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    /** What was asked for, whatever came of it. */
    public record Call(String method, URI uri) {}

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
        return send("POST", uri, headers, body);
    }

    /** @throws IOException where nothing came back */
    Answer post(URI uri, String contentType, byte[] body) throws IOException {
        return send(HttpRequest.newBuilder(uri).header("Content-Type", contentType)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    /** @throws IOException where nothing came back: nobody knows whether it was done */
    public Answer put(URI uri, Map<String, String> headers, String body) throws IOException {
        return send("PUT", uri, headers, body);
    }

    /**
     * Any request, however odd.
     *
     * @param headers name and value by turns, and no other; a name may stand there twice
     * @throws IOException where nothing came back: nobody knows whether it was done
     */
    public Answer send(String method, URI uri, List<String> headers, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body));
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        return send(request);
    }

    private Answer send(String method, URI uri, Map<String, String> headers, String body) throws IOException {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        headers.forEach((name, value) -> all.addAll(List.of(name, value)));
        return send(method, uri, all, body);
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
            calls.add(new Call("GET", uri));
            return client
                    .send(HttpRequest.newBuilder(uri).header("Accept", "text/event-stream").timeout(atMost).build(),
                            BodyHandlers.ofLines())
                    .body().toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    /** All that has been asked for by this client. */
    public Set<Call> calls() {
        return Set.copyOf(calls);
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
        HttpRequest built = request.timeout(Duration.ofSeconds(20)).build();
        calls.add(new Call(built.method(), built.uri()));
        try {
            return Answer.of(client.send(built, BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
