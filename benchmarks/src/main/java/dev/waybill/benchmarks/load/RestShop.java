package dev.waybill.benchmarks.load;

import dev.waybill.platform.client.Token;

import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Orders are placed over REST, each with an idempotency key of its own, and are accepted with the 202. */
public final class RestShop implements Shop {

    private final int port;
    private final String authorization;
    private final AtomicInteger forms = new AtomicInteger();

    /** @param port of the service that takes the orders */
    public RestShop(int port) {
        this.port = port;
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
                        OrderForms.json(forms.getAndIncrement()));
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
