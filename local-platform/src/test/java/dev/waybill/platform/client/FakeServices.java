package dev.waybill.platform.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Answers as the order service and the orchestrator would: an order takes a few looks until it has the status of its end. */
final class FakeServices implements AutoCloseable {

    private final HttpServer server;
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger looks = new AtomicInteger();
    private int placing = 202;
    private String end = "CONFIRMED";
    private String reason = "null";

    FakeServices() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/readyz", exchange -> answer(exchange, 200, "{}"));
        server.createContext("/orders", this::orders);
        server.createContext("/sagas", FakeServices::sagas);
        server.start();
    }

    FakeServices endingWith(String status, String why) {
        end = status;
        reason = "\"" + why + "\"";
        return this;
    }

    FakeServices answeringOrdersWith(int status) {
        placing = status;
        return this;
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    List<String> bodies() {
        return List.copyOf(bodies);
    }

    List<String> keys() {
        return List.copyOf(keys);
    }

    private void orders(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            answer(exchange, placing, placing == 202
                    ? "{\"id\": \"id-%d\", \"number\": \"W-1\", \"status\": \"PENDING\"}".formatted(bodies.size())
                    : "{\"title\": \"Refused\", \"detail\": \"quantity must be positive\"}");
            return;
        }
        boolean ended = looks.incrementAndGet() > 2;
        answer(exchange, 200,
                "{\"status\": \"%s\", \"reason\": %s}".formatted(ended ? end : "PENDING", ended ? reason : "null"));
    }

    private static void sagas(HttpExchange exchange) throws IOException {
        boolean one = exchange.getRequestURI().getPath().contains("/sagas/");
        answer(exchange, 200, one ? """
                {"id": "s1", "journal": [{"at": "1", "step": "reserve stock", "kind": "COMMANDED", "detail": ""}]}
                """ : "{\"items\": [{\"id\": \"s1\"}]}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
