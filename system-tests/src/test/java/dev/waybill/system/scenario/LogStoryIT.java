package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Stranger;
import dev.waybill.system.driver.Waybill;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static dev.waybill.system.auditor.reading.Addresses.Service.INVENTORY;
import static dev.waybill.system.auditor.reading.Addresses.Service.NOTIFICATION;
import static dev.waybill.system.auditor.reading.Addresses.Service.ORDER;
import static dev.waybill.system.auditor.reading.Addresses.Service.PAYMENT;
import static dev.waybill.system.auditor.reading.Addresses.Service.SAGA;
import static dev.waybill.system.auditor.reading.Addresses.Service.SHIPPING;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the services have logged of an order from its placing to its refund: all of the story, and nothing of the customer. */
@PlatformTest
@Order(1)
class LogStoryIT {

    private static final String IN_VAIN = "has no definite outcome";
    private static final String IN_VAIN_FOR = " for order ";

    private final Waybill waybill;
    /** As a caller asks for one. */
    private final String trace = UUID.randomUUID().toString().replace("-", "");
    private @Nullable PlacedOrder placed;
    private String number = "";

    LogStoryIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @BeforeAll
    void anOrderThatIsDeliveredAndPartlyRefundedThoughTheGatewayFailedAtFirst() {
        PlacedOrder order = waybill.outside().misbehaving("gateway", "ERROR", () -> {
            PlacedOrder traced = waybill.order("FILTER-04", 1).addressedTo(CustomersInLogs.NAME)
                    .mailedTo(CustomersInLogs.ADDRESS)
                    .place(Map.of("traceparent", "00-%s-%s-01".formatted(trace, trace.substring(16))));
            await().until(() -> waybill.platform().log(PAYMENT).stream()
                    .anyMatch(line -> line.contains(traced.id()) && line.contains(IN_VAIN)));
            return traced;
        });
        placed = order;
        number = waybill.get(ORDER, "/orders/" + order.id()).json().path("number").asString();
        assertThat(number).startsWith("W-");
        assertThat(order.end()).hasToString("CONFIRMED");
        order.isDispatched();
        waybill.outside().scan(order, "HANDED_OVER");
        order.becomes("SHIPPED");
        waybill.outside().scan(order, "DELIVERED");
        order.becomes("DELIVERED");
        assertThat(order.refund(100, "A scratch").status()).isEqualTo(202);
        await().untilAsserted(() -> assertThat(waybill.outside().mailsTo(CustomersInLogs.ADDRESS)).hasSize(4));
    }

    @Test
    void lookingForAnOrdersNumberFindsItsWholeStory() {
        await().untilAsserted(() -> {
            assertThat(story(ORDER)).contains("order.placed", "order.confirmed", "order.shipped", "order.delivered");
            assertThat(story(INVENTORY)).contains("inventory.stock-reserved", "inventory.stock-committed");
            assertThat(story(PAYMENT)).contains("payment.authorized", "payment.captured", "payment.refunded");
            assertThat(story(SHIPPING)).contains("shipping.shipment-booked", "shipping.shipment-dispatched",
                    "shipping.parcel-handed-over", "shipping.parcel-delivered");
            assertThat(story(SAGA)).contains(": started at", ": completed at");
            assertThat(story(NOTIFICATION)).contains("mail.send: Sent");
        });
    }

    @Test
    void eachLineOfItNamesTheIdBesideTheNumber() {
        for (Service service : Service.values()) {
            assertThat(lines(service)).isNotEmpty().allSatisfy(line -> assertThat(line).contains(order().id()));
        }
    }

    /** What was done in its trace is found by that: facts, handled messages, calls, also one that failed. */
    @Test
    void eachLineOfItsFulfillmentNamesTheTraceThatItsCallerAskedFor() {
        Map<Service, List<String>> traced = Map.of(
                ORDER, List.of("order.placed", "handled ConfirmOrder", "order.confirmed"),
                SAGA, List.of("handled OrderPlaced", ": started at", "handled PaymentAuthorized", ": completed at"),
                INVENTORY, List.of("handled ReserveStock", "inventory.stock-reserved", "handled CommitStock"),
                PAYMENT, List.of("handled AuthorizePayment", "payment.authorize" + IN_VAIN_FOR, "payment.authorize: ",
                        "payment.authorized", "handled CapturePayment", "payment.captured"),
                SHIPPING, List.of("handled BookShipment", "shipping.shipment-booked", "handled DispatchShipment"),
                NOTIFICATION, List.of("handled OrderConfirmed"));
        String begin = "[%s %s %s] ".formatted(number, order().id(), trace);
        assertThat(trace).matches("[0-9a-f]{32}");
        await().untilAsserted(() -> traced.forEach((service, story) -> assertThat(story).allSatisfy(
                words -> assertThat(lines(service)).filteredOn(line -> line.contains(words)).as(words).isNotEmpty()
                        .allSatisfy(line -> assertThat(line).contains(begin)))));
    }

    /** A refund is asked for by its order's id, and so is the gateway then: no message brings a number. */
    @Test
    void theIdFindsNoMoreOfItThanARefundsCallToTheGateway() {
        for (Service service : Service.values()) {
            assertThat(waybill.platform().log(service)).filteredOn(line -> line.contains(order().id()))
                    .filteredOn(line -> !line.contains(number)).as(service.process()).allSatisfy(line -> {
                        assertThat(service).isEqualTo(PAYMENT);
                        assertThat(line).containsPattern(" : payment\\.refund(: Refunded$|" + IN_VAIN_FOR + ")");
                    });
        }
    }

    @Test
    void eachFactIsALineAtInfoAndNamesTheOrderAsAField() {
        await().untilAsserted(() -> assertThat(lines(PAYMENT)).filteredOn(line -> line.contains("payment.captured"))
                .singleElement().asString().contains(" INFO ", "[" + number + " " + order().id() + " "));
    }

    @Test
    void eachHandledMessageIsALineAtDebug() {
        await().untilAsserted(() -> assertThat(lines(INVENTORY)).filteredOn(line -> line.contains("handled "))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(line -> assertThat(line).contains(" DEBUG ", "[" + number + " " + order().id() + " ")));
    }

    @Test
    void aRequestThatCannotBeReadIsNotQuoted() throws IOException {
        String good = waybill.order("FILTER-04", 1).addressedTo(CustomersInLogs.NAME)
                .mailedTo(CustomersInLogs.ADDRESS).body();
        for (String bad : List.of(good.replace("\"" + CustomersInLogs.NAME + "\"", CustomersInLogs.NAME),
                good.replace("\"DE\"", "\"" + CustomersInLogs.NAME + "\""),
                good.replace("\"EUR\"", "\"" + CustomersInLogs.ADDRESS + "\""),
                good.replace("\"quantity\":1", "\"quantity\":\"" + CustomersInLogs.NAME + "\""),
                good.replace("\"customerId\"", "\"" + CustomersInLogs.ADDRESS + "\""),
                good.substring(0, good.length() - 1))) {
            assertThat(bad).isNotEqualTo(good);
            assertThat(waybill.postOrder(Map.of("Idempotency-Key", UUID.randomUUID().toString()), bad).status())
                    .as(bad).isEqualTo(400);
        }
        assertThat(CustomersInLogs.found(waybill.platform())).isEmpty();
    }

    /** Not when it is parked, not when it is tried, nor when it fails again. */
    @Test
    void aMessageThatCannotBeReadIsNotQuoted() {
        String key = UUID.randomUUID().toString();
        try (Stranger stranger = waybill.stranger()) {
            stranger.write(List.of(Poison.command("reserve-stock", key, "{\"orderId\": \"%s\", \"lines\": \"%s <%s>\"}"
                    .formatted(key, CustomersInLogs.NAME, CustomersInLogs.ADDRESS))));
        }
        String parked = "/operations/parked-messages";
        String path = parked + "/" + await().until(
                () -> waybill.get(INVENTORY, parked + "?key=" + key).json().at("/items/0/id").asString(""),
                id -> !id.isEmpty());
        assertThat(waybill.post(INVENTORY, path + "/dry-run", Map.of(), "").status()).isEqualTo(200);
        assertThat(waybill.post(INVENTORY, path + "/replay", Map.of(), "").status()).isEqualTo(200);
        assertThat(waybill.post(INVENTORY, path + "/discard", Map.of(), "{\"reason\": \"nobody has said this\"}")
                .status()).isEqualTo(200);

        assertThat(waybill.platform().log(INVENTORY)).filteredOn(line -> line.contains("without its words"))
                .isNotEmpty();
        assertThat(CustomersInLogs.found(waybill.platform())).isEmpty();
    }

    /** That of the gateway is in the order's own story. */
    @Test
    void aRefusalOfTheOutsideIsNotQuoted() {
        PlacedOrder declined = waybill.order("FILTER-04", 1).addressedTo(CustomersInLogs.NAME)
                .mailedTo(CustomersInLogs.ADDRESS).paidBy("pm_card_declined").place();
        assertThat(declined.end().isRejected()).isTrue();
        PlacedOrder unsent = waybill.outside().misbehaving("smtp", "ERROR", () -> {
            PlacedOrder order = waybill.order("FILTER-04", 1).mailedTo(CustomersInLogs.ADDRESS).place();
            await().until(() -> waybill.platform().log(NOTIFICATION).stream()
                    .anyMatch(line -> line.contains(order.id()) && line.contains(IN_VAIN)));
            return order;
        });
        assertThat(unsent.end()).hasToString("CONFIRMED");

        assertThat(CustomersInLogs.found(waybill.platform())).isEmpty();
    }

    private PlacedOrder order() {
        return requireNonNull(placed);
    }

    private String story(Service service) {
        return String.join("\n", lines(service));
    }

    private List<String> lines(Service service) {
        return waybill.platform().log(service).stream().filter(line -> line.contains(number)).toList();
    }
}
