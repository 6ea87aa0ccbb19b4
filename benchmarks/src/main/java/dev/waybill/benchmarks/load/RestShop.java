package dev.waybill.benchmarks.load;

import dev.waybill.platform.client.Token;

import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Orders are placed over REST, each with an idempotency key of its own, and are accepted with the 202. */
public final class RestShop implements Shop {

    private final int port;
    private final String authorization;
    private final IntFunction<String> forms;
    private final AtomicInteger placed = new AtomicInteger();

    /** @param port of the service that takes the orders */
    public RestShop(int port) {
        this(port, OrderForms::json);
    }

    /**
     * @param port of the service that takes the orders
     * @param forms the request of the order with this number, from 0 on
     */
    public RestShop(int port, IntFunction<String> forms) {
        this.port = port;
        this.forms = forms;
        this.authorization = "Authorization: Bearer " + Token.of("alice", false, "./bench", Clock.systemUTC()) + "\r\n";
    }

    @Override
    public Counter open() throws IOException {
        var connection = new HttpConnection(port);
        return new Counter() {
            @Override
            public void place() throws IOException {
                var answer = connection.post("/orders",
                        authorization + "Idempotency-Key: " + UUID.randomUUID() + "\r\n",
                        forms.apply(placed.getAndIncrement()));
                if (answer.status() / 100 != 2) {
                    throw new IOException(
                            "An order was answered with %d: %s".formatted(answer.status(), answer.body()));
                }
            }

            @Override
            public void close() {
                connection.close();
            }
        };
    }
}
