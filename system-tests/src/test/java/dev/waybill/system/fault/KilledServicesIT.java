package dev.waybill.system.fault;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Crowd;
import dev.waybill.system.driver.LocalPlatform.ProcessLine;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlacedOrder.End;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each service in turn is killed with kill -9 while fifty orders are on their way, and is started again after ten seconds. Every
 * order ends, the books agree and nothing is doubled. The next round begins while the last victim comes up, among the orders
 * that it has left to catch up with; how they all ended is looked at after the last. The order service comes last, so that in
 * every other round there is somebody to place with.
 */
@PlatformTest
@Tag("long")
@Order(4)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KilledServicesIT {

    private static final Logger LOG = LoggerFactory.getLogger(KilledServicesIT.class);
    private static final Duration DOWN = Duration.ofSeconds(10);
    private static final int ON_THEIR_WAY = 50;
    private static final int WHILE_DOWN = 20;

    private final Waybill waybill;
    private final Map<Service, Round> rounds = new EnumMap<>(Service.class);

    KilledServicesIT(Waybill waybill) {
        this.waybill = waybill;
    }

    static List<Service> victims() {
        return List.of(Service.INVENTORY, Service.PAYMENT, Service.SHIPPING, Service.SAGA, Service.ORDER);
    }

    /** What happened to one victim. */
    private record Round(List<PlacedOrder> placed, Instant killed) {

        List<PlacedOrder> placedWhileDown() {
            return placed.stream().filter(order -> order.acknowledgedAt().isAfter(killed)
                    && order.acknowledgedAt().isBefore(killed.plus(DOWN))).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("victims")
    @Order(1)
    void placingGoesOnWhileAnyServiceButOrderIsDown(Service victim) {
        var orders = new MixedOrders(waybill, "customer of the killed " + victim.process());
        try (var crowd = new Crowd()) {
            crowd.place(ON_THEIR_WAY, Duration.ofMillis(20), orders::number);
            await().until(() -> crowd.acknowledged() > ON_THEIR_WAY / 2);
            waybill.platform().kill(victim, DOWN);
            Instant killed = Instant.now();
            crowd.place(WHILE_DOWN, Duration.ofMillis(300), orders::number);

            if (victim != Service.ORDER) {
                await("placing goes on").atMost(DOWN.minusSeconds(1))
                        .until(() -> crowd.acknowledged() >= ON_THEIR_WAY + 10);
            }
            await("it is not yet started again").atMost(DOWN).pollInterval(Duration.ofMillis(100)).until(
                    () -> !waybill.isReady(victim) && Instant.now().isAfter(killed.plus(DOWN.minusSeconds(1))));
            rounds.put(victim, new Round(crowd.placed(), killed));
        }
        assertPlacingWentOn(victim, requireNonNull(rounds.get(victim)));
    }

    private static void assertPlacingWentOn(Service victim, Round round) {
        assertThat(round.placed()).extracting(PlacedOrder::id).doesNotHaveDuplicates();
        if (victim == Service.ORDER) {
            assertThat(round.placed()).as("clients that had to ask again").anyMatch(order -> order.attempts() > 1);
        } else {
            assertThat(round.placed()).as("nobody had to ask again").allMatch(order -> order.attempts() == 1);
            assertThat(round.placedWhileDown()).as("orders placed while it was down").hasSizeGreaterThan(10);
        }
    }

    @ParameterizedTest
    @MethodSource("victims")
    @Order(2)
    void everyOrderEnds(Service victim) {
        Round round = requireNonNull(rounds.get(victim), "its round failed");
        Map<PlacedOrder, End> ends = new HashMap<>();
        round.placed().forEach(order -> ends.put(order, order.end()));

        LOG.info("{}: {}", victim.process(), ends.values().stream().collect(groupingBy(End::toString, counting())));
        assertThat(ends.values()).extracting(End::status).containsOnly("CONFIRMED", "REJECTED");
        assertThat(ends).as("orders that were struck on their way").anySatisfy((order, end) -> {
            assertThat(order.acknowledgedAt()).isBefore(round.killed());
            assertThat(end.at()).isAfter(round.killed().plus(DOWN));
        });
        assertThat(ends).as("orders that were undone").anySatisfy((order, end) -> {
            assertThat(end.status()).isEqualTo("REJECTED");
            assertThat(waybill.reservation(order)).isEqualTo("RELEASED");
        });
    }

    @Test
    @Order(3)
    void theBooksAgreeAndNothingIsDoubled() {
        waybill.auditIsGreen();
    }

    @Test
    @Order(3)
    void everyServiceWasKilledOnceAndIsBack() {
        List<ProcessLine> processes = waybill.platform().status();
        for (Service service : victims()) {
            assertThat(processes).anySatisfy(process -> {
                assertThat(process.name()).isEqualTo(service.process());
                assertThat(process.state()).isEqualTo("up");
                assertThat(process.restarts()).isEqualTo(1);
            });
        }
    }
}
