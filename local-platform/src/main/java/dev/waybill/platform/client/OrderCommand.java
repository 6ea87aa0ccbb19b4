package dev.waybill.platform.client;

import dev.waybill.platform.client.Services.Answer;
import tools.jackson.databind.JsonNode;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Places one order and shows, line by line and with the time since it was placed, how its status changes and what the saga
 * does, until it is settled.
 */
public final class OrderCommand {

    private static final Duration LOOK_EVERY = Duration.ofMillis(150);
    private static final Duration BOUND = Duration.ofMinutes(3);

    private final String orders;
    private final String sagas;
    private final PrintStream out;
    private final Services asOperator = new Services("demo", true);
    private final Set<String> shown = new HashSet<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private long placedAt;

    public OrderCommand(String orders, String sagas, PrintStream out) {
        this.orders = orders;
        this.sagas = sagas;
        this.out = out;
    }

    /** 0 when the order was settled, whichever way; 1 when it was not taken, or is not settled in time. */
    public int run(Scenario scenario) throws InterruptedException {
        var asCustomer = new Services(scenario.customer(), false);
        out.println("%s orders %s x %s, pays with %s, ships to %s".formatted(scenario.customer(), scenario.quantity(),
                scenario.sku(), scenario.payment(), scenario.country()));
        placedAt = System.nanoTime();
        Answer placed = asCustomer.post(orders + "/orders", scenario.body(), UUID.randomUUID().toString());
        if (!placed.isOk()) {
            out.println("Not taken: " + placed.inWords());
            placed.body().path("errors").forEach(error -> out.println(
                    "  %s %s".formatted(error.path("pointer").asString(""), error.path("detail").asString(""))));
            if (placed.status() == Services.UNREACHABLE) {
                out.println("Is it running? ./demo status");
            }
            return 1;
        }
        String id = placed.body().path("id").asString("");
        say("order %s %s".formatted(placed.body().path("number").asString(""), id));
        return follow(asCustomer, id);
    }

    private int follow(Services asCustomer, String id) throws InterruptedException {
        String status = "";
        while (System.nanoTime() - placedAt < BOUND.toNanos()) {
            Answer order = asCustomer.get(orders + "/orders/" + id);
            String now = order.body().path("status").asString(status);
            if (OrderStatus.isSettled(now)) {
                // What led there comes before it.
                showSaga(id);
                sayStatus(order);
                out.println("Look at it: curl -s %s/orders/%s".formatted(orders, id));
                return 0;
            }
            if (!now.equals(status)) {
                sayStatus(order);
                status = now;
            }
            showSaga(id);
            if (never.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                return 1;
            }
        }
        out.println("Not settled after %d s. It goes on; %s/sagas?orderId=%s says where it stands."
                .formatted(BOUND.toSeconds(), sagas, id));
        return 1;
    }

    private void sayStatus(Answer order) {
        String reason = order.body().path("reason").asString("");
        say("status %s%s".formatted(order.body().path("status").asString(""),
                reason.isEmpty() ? "" : " (" + reason + ")"));
    }

    /** What the sagas of this order have noted since the last look; nothing while the orchestrator is away. */
    private void showSaga(String orderId) throws InterruptedException {
        for (JsonNode saga : asOperator.get(sagas + "/sagas?orderId=" + orderId).body().path("items")) {
            String id = saga.path("id").asString("");
            for (JsonNode entry : asOperator.get(sagas + "/sagas/" + id).body().path("journal")) {
                String line = "%s %s %s".formatted(entry.path("step").asString(""), entry.path("kind").asString(""),
                        entry.path("detail").asString("")).strip();
                if (shown.add(id + entry.path("at").asString("") + entry.path("messageId").asString("") + line)) {
                    say("  saga: " + line);
                }
            }
        }
    }

    private void say(String line) {
        out.println("%7.3f s  %s".formatted((double) (System.nanoTime() - placedAt) / 1e9, line));
    }
}
