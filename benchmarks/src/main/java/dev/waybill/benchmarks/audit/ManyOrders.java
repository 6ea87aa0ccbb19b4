package dev.waybill.benchmarks.audit;

import dev.waybill.benchmarks.load.Load;
import dev.waybill.benchmarks.load.OrderForms;
import dev.waybill.benchmarks.load.Places;
import dev.waybill.benchmarks.platform.DemoPlatform;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Very many orders of all kinds in a platform, each with all that it leaves behind: some hundred are placed and come to their end, the
 * others are copies of them.
 */
public final class ManyOrders {

    private static final int PLACED = 500;
    private static final int PER_SECOND = 20;
    private static final int CUSTOMERS = 8;
    /** The carrier's parcels arrive a minute after they were sent off. */
    private static final Duration ENDED_WITHIN = Duration.ofMinutes(6);
    private static final Set<String> ARRIVED = Set.of("DELIVERED", "CANCELLED");

    private final DemoPlatform platform;
    private final PrintStream out;

    public ManyOrders(DemoPlatform platform, PrintStream out) {
        this.platform = platform;
        this.out = out;
    }

    /**
     * The platform runs before and afterwards, and not in between.
     *
     * @param orders at least so many
     */
    public void make(int orders) throws IOException, SQLException, InterruptedException {
        int placed = Math.min(orders, PLACED);
        int times = Math.ceilDiv(orders, placed);
        out.println("%d orders of all kinds are placed".formatted(placed));
        new Load(platform.shop(OrderForms::ofAllKinds), Places.ENOUGH, CUSTOMERS)
                .steady(PER_SECOND, Duration.ofSeconds(Math.ceilDiv(placed, PER_SECOND))).orThrow();
        awaitEnd();
        out.println("Each is multiplied by %d".formatted(times));
        new Multiplication(platform, times - 1).run();
    }

    /** Until nothing is to be done for any order, by nobody. */
    private void awaitEnd() throws IOException, SQLException, InterruptedException {
        long giveUp = System.nanoTime() + ENDED_WITHIN.toNanos();
        while (!hasEnded()) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("The orders have not come to their end");
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
    }

    private boolean hasEnded() throws IOException, SQLException, InterruptedException {
        return platform.databases().number("orders", "select count(*) from orders where status = 'PENDING'") == 0
                && platform.databases().number("saga",
                        "select count(*) from saga where status not in ('COMPLETED', 'COMPENSATED')") == 0
                && platform.databases().number("payments", "select count(*) from outside_call") == 0
                && platform.databases().number("shipping", "select count(*) from outside_call") == 0
                && JsonMapper.shared().readTree(shipments()).path("items").valueStream()
                        .allMatch(parcel -> ARRIVED.contains(parcel.path("status").asString()));
    }

    private String shipments() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:%d/carrier/shipments".formatted(platform.simulators().port()));
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        }
    }
}
