package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Http.Answer;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import static dev.waybill.system.scenario.Problems.assertProblem;
import static dev.waybill.system.scenario.Problems.assertProblemAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An order is cancelled at any moment of its life: money, stock and parcel agree with how that ends. */
@PlatformTest
@Order(1)
class CancellingOrdersIT {

    private static final String WHY = "Ordered twice by mistake";

    private final Waybill waybill;

    CancellingOrdersIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @AfterEach
    void everyInvariantHolds() {
        waybill.auditIsGreen();
    }

    @Test
    void whileTheCardIsStillBeingAskedTheFulfillmentTurnsBack() {
        int before = waybill.available("ESPRESSO-01");
        // The gateway has put the money aside, and does not say so for some seconds.
        PlacedOrder order = waybill.order("ESPRESSO-01", 1).paidBy("pm_card_unknown_outcome").place();
        await().until(() -> waybill.gatewayBooks(order).equals(List.of("AUTHORIZE")));

        Answer answer = order.cancel(WHY);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("status").asString()).isEqualTo("CANCELLING");
        order.becomes("CANCELLED");
        assertThat(order.now()).hasToString("CANCELLED " + WHY);
        assertThat(waybill.gatewayBooks(order)).containsExactly("AUTHORIZE", "VOID");
        assertThat(waybill.reservation(order)).isEqualTo("RELEASED");
        assertThat(waybill.available("ESPRESSO-01")).isEqualTo(before);
    }

    @Test
    void afterTheMoneyIsTakenTheParcelIsCalledBackAndAllIsGivenBack() {
        int before = waybill.available("GRINDER-02");
        PlacedOrder order = waybill.order("GRINDER-02", 2).place();
        assertThat(order.end()).hasToString("CONFIRMED");
        order.isDispatched();

        assertThat(order.cancel(WHY).status()).isEqualTo(202);

        order.becomes("CANCELLED");
        assertThat(waybill.outside().charges(order)).containsExactly("AUTHORIZE 49800", "CAPTURE 49800",
                "REFUND 49800");
        assertThat(waybill.payment(order)).isEqualTo("REFUNDED");
        assertThat(waybill.carrierBooks(order)).containsExactly("CANCELLED");
        assertThat(waybill.available("GRINDER-02")).isEqualTo(before);
        assertThat(waybill.get(Service.INVENTORY, "/reservations/" + order.id()).json().at("/restocked/0/quantity")
                .asInt()).isEqualTo(2);
        assertProblem(order.cancel("once more"), 409);
    }

    @Test
    void onceTheCarrierHasTheParcelItIsRefusedAndTheReturnIsPointedTo() {
        PlacedOrder order = waybill.order("ESPRESSO-01", 1).place();
        assertThat(order.end()).hasToString("CONFIRMED");
        order.isDispatched();
        waybill.outside().scan(order, "HANDED_OVER");
        order.becomes("SHIPPED");

        Answer answer = order.cancel(WHY);

        assertProblem(answer, 409);
        assertThat(answer.json().path("detail").asString()).contains("return");
        assertThat(order.now()).hasToString("SHIPPED");
    }

    @Test
    void refusedByTheCarrierTheOrderIsAgainWhatItWasAndSaysSo() {
        PlacedOrder order = waybill.order("ESPRESSO-01", 1).place();
        assertThat(order.end()).hasToString("CONFIRMED");
        order.isDispatched();

        waybill.outside().misbehaving("carrier", "REFUSE_CANCEL", () -> {
            assertThat(order.cancel(WHY).status()).isEqualTo(202);
            order.becomes("CONFIRMED");
            return order;
        });

        assertThat(waybill.outside().charges(order)).containsExactly("AUTHORIZE 12999", "CAPTURE 12999");
        await().untilAsserted(() -> assertThat(told(order)).contains("reinstated"));
        // The carrier may change its mind, and is asked once more.
        assertThat(order.cancel(WHY).status()).isEqualTo(202);
        order.becomes("CANCELLED");
        assertThat(waybill.carrierBooks(order)).containsExactly("CANCELLED");
    }

    @Test
    void atAnyMomentItEndsInExactlyOneWay() {
        var random = new Random(20_261_121);
        int before = waybill.available("FILTER-04");
        List<PlacedOrder> orders = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            PlacedOrder order = waybill.order("FILTER-04", 1).place();
            orders.add(order);
            await().pollDelay(Duration.ofMillis(random.nextInt(250))).until(() -> true);
            assertThat(order.cancel(WHY).status()).isEqualTo(202);
        }

        orders.forEach(order -> order.becomes("CANCELLED"));

        assertThat(orders).allSatisfy(order -> {
            List<String> books = waybill.gatewayBooks(order);
            assertThat(List.of(List.of(), List.of("AUTHORIZE", "VOID"), List.of("AUTHORIZE", "CAPTURE", "REFUND")))
                    .contains(books);
        });
        assertThat(orders.stream().map(waybill::gatewayBooks).distinct()).as("it was cancelled early and late")
                .hasSizeGreaterThan(1);
        await().untilAsserted(() -> assertThat(waybill.available("FILTER-04")).isEqualTo(before));
    }

    @Test
    void whatCannotBeTakenIsRefused() {
        PlacedOrder order = waybill.order("FILTER-04", 1).paidBy("pm_card_declined").place();
        assertThat(order.end()).hasToString("REJECTED PAYMENT_DECLINED");
        String path = "/orders/%s/cancellation".formatted(order.id());

        assertProblem(order.cancel(WHY), 409);
        assertProblem(waybill.post(Service.ORDER, path, Map.of(), "{\"reason\": \"no key\"}"), 400);
        assertProblemAt(waybill.post(Service.ORDER, path, Map.of()), 400, "/reason");
        assertProblemAt(waybill.post(Service.ORDER, path, Map.of("reason", "x".repeat(501))), 400, "/reason");
        assertProblem(waybill.post(Service.ORDER, "/orders/%s/cancellation".formatted(UUID.randomUUID()),
                Map.of("reason", WHY)), 404);
    }

    private List<String> told(PlacedOrder order) {
        return waybill.get(Service.ORDER, "/orders/%s/timeline".formatted(order.id())).json().path("items")
                .valueStream()
                .map(entry -> entry.path("type").asString()).toList();
    }
}
