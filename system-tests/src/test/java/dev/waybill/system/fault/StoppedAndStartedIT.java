package dev.waybill.system.fault;

import dev.waybill.system.driver.Crowd;
import dev.waybill.system.driver.LocalPlatform;
import dev.waybill.system.driver.LocalPlatform.ProcessLine;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Stopped in the middle of everything, and started again. */
@PlatformTest
@Tag("long")
@Order(5)
class StoppedAndStartedIT {

    private final Waybill waybill;

    StoppedAndStartedIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @Test
    void itLeavesNothingBehindAndGoesOnWhereItWas() {
        LocalPlatform platform = waybill.platform();
        List<ProcessLine> processes = platform.status();
        List<PlacedOrder> placed;
        try (var crowd = new Crowd()) {
            var orders = new MixedOrders(waybill, "customer of the stopped platform");
            // Some about which the gateway thinks for some seconds, so that there is something to be stopped in the middle of.
            crowd.place(20, n -> n % 4 == 0 ? orders.number(n).paidBy("pm_card_slow") : orders.number(n));
            placed = crowd.placed();
        }

        platform.stop();

        assertThat(processes).isNotEmpty().noneMatch(process -> isAlive(process.pid()));
        assertThat(processesOf(platform)).isEmpty();
        assertThat(platform.ports()).allMatch(LocalPlatform::isFree);

        Instant startedAgain = Instant.now();
        platform.start();

        assertThat(placed).allSatisfy(order -> assertThat(order.end().status()).isIn("CONFIRMED", "REJECTED"));
        assertThat(placed).as("orders that were on their way")
                .anyMatch(order -> order.now().at().isAfter(startedAgain));
        waybill.auditIsGreen();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    /** Whatever names the platform's directory on its command line. */
    private static List<String> processesOf(LocalPlatform platform) {
        return ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(platform.dataDir().toString())).toList();
    }
}
