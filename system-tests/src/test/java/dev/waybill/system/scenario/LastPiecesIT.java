package dev.waybill.system.scenario;

import dev.waybill.system.driver.Crowd;
import dev.waybill.system.driver.PlacedOrder.End;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Many buyers, few pieces. */
@PlatformTest
@Order(3)
class LastPiecesIT {

    private final Waybill waybill;

    LastPiecesIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @Test
    void fortyBuyersAtOnceGetTheTenThereAre() {
        assertThat(waybill.available("KETTLE-03")).isEqualTo(10);

        try (var crowd = new Crowd()) {
            crowd.place(40, _ -> waybill.order("KETTLE-03", 1));

            List<String> ends = crowd.placed().stream().map(order -> order.end()).map(End::toString).toList();
            assertThat(ends).filteredOn(end -> end.equals("CONFIRMED")).hasSize(10);
            assertThat(ends).filteredOn(end -> end.equals("REJECTED OUT_OF_STOCK")).hasSize(30);
        }
        assertThat(waybill.available("KETTLE-03")).isZero();
        waybill.auditIsGreen();
    }
}
