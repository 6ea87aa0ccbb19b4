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
import static java.util.stream.Collectors.joining;

/** Answers as the order service and the orchestrator would: an order takes a few looks until it has the status of its end. */
final class FakeServices implements AutoCloseable {

    private final HttpServer server;
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
    /** What was asked besides placing and looking. */
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger looks = new AtomicInteger();
    private int placing = 202;
    private String end = "CONFIRMED";
    private String reason = "null";
    private List<String> charges = List.of("AUTHORIZE", "CAPTURE");
    private String payment = "PARTIALLY_REFUNDED";

    FakeServices() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/readyz", exchange -> answer(exchange, 200, "{}"));
        server.createContext("/orders", this::orders);
        server.createContext("/payments", this::others);
        server.createContext("/shipments", this::others);
        server.createContext("/carrier", this::others);
        server.createContext("/gateway", exchange -> answer(exchange, 200, charges.stream()
                .map("{\"kind\": \"%s\"}"::formatted).collect(joining(", ", "{\"items\": [", "]}"))));
        server.createContext("/faults", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            answer(exchange, 200, "{}");
        });
        server.start();
    }

    FakeServices endingWith(String status, String why) {
        end = status;
        reason = "\"" + why + "\"";
        return this;
    }

    /** What the gateway has in its books for every order. */
    FakeServices charging(String... kinds) {
        charges = List.of(kinds);
        return this;
    }

    FakeServices withPayment(String status) {
        payment = status;
        return this;
    }

    FakeServices answeringOrdersWith(int status) {
        placing = status;
        return this;
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    List<String> bodies() {
        return List.copyOf(bodies);
    }

    List<String> keys() {
        return List.copyOf(keys);
    }

    private void orders(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/timeline")) {
            answer(exchange, 200,
                    """
                            {"items": [{"context": "inventory", "type": "stock-reserved", "sequence": 1, "title": "The stock is reserved"}]}
                            """);
        } else if (exchange.getRequestMethod().equals("POST") && path.equals("/orders")) {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            answer(exchange, placing, placing == 202
                    ? "{\"id\": \"id-%d\", \"number\": \"W-1\", \"status\": \"PENDING\"}".formatted(bodies.size())
                    : "{\"title\": \"Refused\", \"detail\": \"quantity must be positive\"}");
        } else if (exchange.getRequestMethod().equals("POST") || path.contains("/returns/")) {
            others(exchange);
        } else {
            boolean ended = looks.incrementAndGet() > 2;
            answer(exchange, 200,
                    "{\"status\": \"%s\", \"reason\": %s}".formatted(ended ? end : "PENDING", ended ? reason : "null"));
        }
    }

    /** Whatever is asked is taken, and whatever is waited for has come to be. */
    private void others(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        if (!exchange.getRequestMethod().equals("GET")) {
            asked.add(request + " " + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        }
        String status = request.contains("/shipments/")
                ? "DISPATCHED"
                : request.contains("/payments/") ? payment : "COMPLETED";
        answer(exchange, exchange.getRequestMethod().equals("GET") ? 200 : 202,
                "{\"id\": \"r-1\", \"status\": \"%s\", \"trackingNumber\": \"SP1\"}".formatted(status));
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
