package dev.waybill.simulators.webhooks;

import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who receives webhooks, over real HTTP, and may refuse the first of them. */
final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();

    /**
     * One delivery.
     *
     * @param accepted whether it was answered with 200
     */
    record Received(String timestamp, String signature, String text, JsonNode body, boolean accepted) {

        String at(String field) {
            return body.required(field).asString();
        }
    }

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/webhooks", exchange -> {
            try (exchange) {
                String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                boolean accepted = refusals.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
                received.add(
                        new Received(
                                exchange.getRequestHeaders().getFirst("Waybill-Timestamp"),
                                exchange.getRequestHeaders().getFirst("Waybill-Signature"),
                                text,
                                JsonMapper.shared().readTree(text),
                                accepted));
                exchange.sendResponseHeaders(accepted ? 200 : 503, -1);
            }
        });
        server.start();
    }

    String url() {
        return "http://localhost:%d/webhooks".formatted(server.getAddress().getPort());
    }

    void refuseNext(int count) {
        refusals.set(count);
    }

    List<Received> received(String orderId) {
        return received.stream().filter(webhook -> webhook.at("orderId").equals(orderId)).toList();
    }

    List<String> accepted(String orderId) {
        return received(orderId).stream().filter(Received::accepted).map(webhook -> webhook.at("status")).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
