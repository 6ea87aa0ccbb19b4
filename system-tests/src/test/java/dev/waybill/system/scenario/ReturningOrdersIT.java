package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Http.Answer;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static dev.waybill.system.scenario.Problems.assertProblem;
import static dev.waybill.system.scenario.Problems.assertProblemAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Parcels arrive, and some of what was in them comes back; money is given back, by a return or by an operator. */
@PlatformTest
@Order(1)
class ReturningOrdersIT {

    private static final String WHY = "The pump leaks";

    private final Waybill waybill;

    ReturningOrdersIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @AfterEach
    void everyInvariantHolds() {
        waybill.auditIsGreen();
    }

    @Test
    void onePieceOfThreeAndThenTheRest() {
        PlacedOrder order = delivered("ESPRESSO-01", 3);
        int before = waybill.available("ESPRESSO-01");

        Answer first = order.sendBack("ESPRESSO-01", 1, WHY);

        assertThat(first.status()).as(first.body()).isEqualTo(202);
        isCompleted(order, first);
        assertThat(waybill.payment(order)).isEqualTo("PARTIALLY_REFUNDED");
        assertThat(waybill.outside().charges(order)).containsExactly("AUTHORIZE 38997", "CAPTURE 38997",
                "REFUND 12999");
        assertThat(waybill.available("ESPRESSO-01")).isEqualTo(before + 1);
        assertThat(order.now()).hasToString("DELIVERED");

        assertProblemAt(order.sendBack("ESPRESSO-01", 3, WHY), 422, "/lines/0/quantity");
        isCompleted(order, order.sendBack("ESPRESSO-01", 2, WHY));
        assertThat(waybill.payment(order)).isEqualTo("REFUNDED");
        assertThat(waybill.available("ESPRESSO-01")).isEqualTo(before + 3);
    }

    @Test
    void beforeTheHandOverThereIsNothingToSendBack() {
        PlacedOrder order = waybill.order("FILTER-04", 1).place();
        assertThat(order.end()).hasToString("CONFIRMED");

        assertProblem(order.sendBack("FILTER-04", 1, WHY), 409);
    }

    @Test
    void whatWasNotOrderedDoesNotComeBack() {
        PlacedOrder order = delivered("FILTER-04", 2);

        assertProblemAt(order.sendBack("KETTLE-03", 1, WHY), 422, "/lines/0/sku");
        assertProblem(order.sendBack("FILTER-04", 0, WHY), 400);
        assertProblem(waybill.post(Service.ORDER, "/orders/%s/returns".formatted(order.id()),
                Map.of("lines", List.of(), "reason", WHY)), 400);
    }

    @Test
    void refundsAtOnceNeverExceedWhatWasCaptured() {
        PlacedOrder order = waybill.order("ESPRESSO-01", 1).place();
        assertThat(order.end()).hasToString("CONFIRMED");

        List<Integer> answers = IntStream.range(0, 8).parallel()
                .mapToObj(n -> order.refund(4_000, "part " + n).status()).toList();

        assertThat(answers).containsOnly(202, 409);
        assertThat(answers).filteredOn(status -> status == 202).hasSize(3);
        await().untilAsserted(() -> assertThat(waybill.outside().charges(order)).containsExactly("AUTHORIZE 12999",
                "CAPTURE 12999", "REFUND 4000", "REFUND 4000", "REFUND 4000"));
        assertProblem(order.refund(1_000, "one cent too much, and more"), 409);
        assertThat(order.refund(999, "the rest").status()).isEqualTo(202);
        await().until(() -> waybill.payment(order).equals("REFUNDED"));
    }

    private PlacedOrder delivered(String sku, int quantity) {
        PlacedOrder order = waybill.order(sku, quantity).place();
        assertThat(order.end()).hasToString("CONFIRMED");
        order.isDispatched();
        waybill.outside().scan(order, "HANDED_OVER");
        waybill.outside().scan(order, "DELIVERED");
        order.becomes("DELIVERED");
        return order;
    }

    private void isCompleted(PlacedOrder order, Answer asked) {
        String path = "/orders/%s/returns/%s".formatted(order.id(), asked.json().path("id").asString());
        await().untilAsserted(() -> assertThat(waybill.get(Service.ORDER, path).json().path("status").asString())
                .isEqualTo("COMPLETED"));
    }
}
