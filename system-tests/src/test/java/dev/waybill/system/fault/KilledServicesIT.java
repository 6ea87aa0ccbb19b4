package dev.waybill.system.fault;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Crowd;
import dev.waybill.system.driver.LocalPlatform.ProcessLine;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each service in turn is killed with kill -9 while fifty orders are on their way, and is back after ten seconds. Every order
 * ends, the books agree and nothing is doubled.
 */
@PlatformTest
@Order(4)
class KilledServicesIT {

    private static final Logger LOG = LoggerFactory.getLogger(KilledServicesIT.class);
    private static final Duration DOWN = Duration.ofSeconds(10);
    private static final int ON_THEIR_WAY = 50;
    private static final int WHILE_DOWN = 20;

    private final Waybill waybill;

    KilledServicesIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @AfterAll
    void everyServiceWasKilledAndIsBack() {
        List<ProcessLine> processes = waybill.platform().status();
        for (Service service : Service.values()) {
            assertThat(processes).anySatisfy(process -> {
                assertThat(process.name()).isEqualTo(service.process());
                assertThat(process.state()).isEqualTo("up");
                assertThat(process.restarts()).isEqualTo(1);
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void everyOrderEnds(Service victim) {
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
            assertThat(waybill.isReady(victim)).as("it is still down").isFalse();
            await().atMost(Duration.ofSeconds(60)).until(() -> waybill.isReady(victim));
            Instant back = Instant.now();

            List<PlacedOrder> placed = crowd.placed();
            LOG.info("{} was down for {} ms; ends: {}", victim.process(), Duration.between(killed, back).toMillis(),
                    placed.stream().collect(groupingBy(order -> order.end().toString(), counting())));
            assertThat(Duration.between(killed, back)).isGreaterThanOrEqualTo(DOWN.minusSeconds(1));
            assertWhatWasAimedAtHappened(victim, placed, killed, back);
            assertThat(placed).extracting(PlacedOrder::id).doesNotHaveDuplicates();
        }
        waybill.auditIsGreen();
    }

    private void assertWhatWasAimedAtHappened(Service victim, List<PlacedOrder> placed, Instant killed, Instant back) {
        List<PlacedOrder> placedWhileDown = placed.stream()
                .filter(order -> order.acknowledgedAt().isAfter(killed) && order.acknowledgedAt().isBefore(back))
                .toList();
        if (victim == Service.ORDER) {
            assertThat(placed).as("orders whose client had to ask again").anyMatch(order -> order.attempts() > 1);
        } else {
            assertThat(placedWhileDown).as("orders placed while %s was down", victim.process())
                    .hasSizeGreaterThan(10);
            assertThat(placed).as("nobody had to ask twice").allMatch(order -> order.attempts() == 1);
        }
        assertThat(placed).as("orders that were struck on their way").anyMatch(
                order -> order.acknowledgedAt().isBefore(killed) && order.now().at().isAfter(killed.plus(DOWN)));
        assertThat(placed).as("orders that were undone")
                .anyMatch(order -> order.now().isRejected() && waybill.reservation(order).equals("RELEASED"));
    }
}
