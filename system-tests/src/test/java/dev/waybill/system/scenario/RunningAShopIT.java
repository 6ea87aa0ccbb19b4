package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Http.Answer;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import static dev.waybill.system.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the people do who run the shop: prices, stock, a saga that needs a hand; and what of it is refused. */
@PlatformTest
@Order(1)
class RunningAShopIT {

    private final Waybill waybill;

    RunningAShopIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @AfterAll
    void everyInvariantHolds() {
        waybill.auditIsGreen();
    }

    @Test
    void aPriceIsChangedByWhoSawTheOldOneAndHoldsFromThenOn() {
        String sku = "SCALE-" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        assertThat(product(sku, Map.of("If-None-Match", "*"), 1_000).status()).isEqualTo(201);
        assertThat(adjust(sku, 5, "first delivery").status()).isEqualTo(201);
        PlacedOrder early = waybill.order(sku, 1).place();
        String version = waybill.get(Service.ORDER, "/products/" + sku).headers().get("etag");

        assertThat(product(sku, Map.of("If-Match", version), 1_500).status()).isEqualTo(200);

        assertProblem(product(sku, Map.of("If-Match", version), 1_200), 412);
        assertProblem(product(sku, Map.of(), 1_200), 428);
        assertThat(total(waybill.order(sku, 1).place())).isEqualTo(1_500);
        assertThat(total(early)).isEqualTo(1_000);
    }

    @Test
    void stockComesInAndIsCountedButNeverBelowWhatIsReserved() {
        int before = waybill.available("FILTER-04");

        Answer more = adjust("FILTER-04", 7, "found behind the shelf");

        assertThat(more.status()).as(more.body()).isEqualTo(201);
        assertThat(waybill.available("FILTER-04")).isEqualTo(before + 7);
        assertProblem(adjust("FILTER-04", -1_000_000, "flood"), 409);
        assertProblem(adjust("FILTER-04", 0, "nothing"), 400);
        assertThat(ledger("FILTER-04")).anySatisfy(line -> {
            assertThat(line.path("kind").asString()).isEqualTo("ADJUST");
            assertThat(line.path("reason").asString()).isEqualTo("found behind the shelf");
            assertThat(line.path("quantity").asInt()).isEqualTo(7);
        });
    }

    @Test
    void aRunningSagaIsTurnedBackByAPersonWhoSaysWhy() {
        // The gateway thinks about this card for some seconds.
        PlacedOrder order = waybill.order("FILTER-04", 1).paidBy("pm_card_slow").place();
        await().until(() -> saga(order).path("step").asString().equals("authorize payment"));
        turnBack(order, "/sagas/" + saga(order).path("id").asString());
        assertProblem(waybill.post(Service.SAGA, "/sagas/%s/retry".formatted(UUID.randomUUID()), Map.of("reason", "?")),
                404);
    }

    private void turnBack(PlacedOrder order, String saga) {
        assertProblem(waybill.post(Service.SAGA, saga + "/compensate", Map.of()), 400);
        assertProblem(waybill.post(Service.SAGA, saga + "/skip", Map.of("reason", "not mine to skip")), 409);
        assertProblem(waybill.post(Service.SAGA, saga + "/resolve", Map.of("outcome", "COMPLETED", "reason", "no")),
                409);
        Answer answer = waybill.post(Service.SAGA, saga + "/compensate",
                Map.of("reason", "a fraud, by the look of it"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        order.becomes("CANCELLED");
        assertThat(waybill.gatewayBooks(order)).doesNotContain("CAPTURE");
        assertThat(waybill.get(Service.SAGA, saga).body()).contains("a fraud, by the look of it");
        assertProblem(waybill.post(Service.SAGA, saga + "/compensate", Map.of("reason", "again")), 409);
    }

    @Test
    void whoIsNotTheGatewayIsNotHeard() {
        String forged = "{\"id\": \"1\", \"kind\": \"CAPTURE\", \"orderId\": \"%s\"}".formatted(UUID.randomUUID());

        assertProblem(waybill.post(Service.PAYMENT, "/gateway-webhooks", Map.of(), forged), 401);
        assertProblem(waybill.post(Service.SHIPPING, "/carrier-webhooks", Map.of("Waybill-Timestamp", "1",
                "Waybill-Signature", "v1=00"), forged), 401);
    }

    @Test
    void thePaymentShowsTheEventsThatItIsMadeOf() {
        PlacedOrder order = waybill.order("FILTER-04", 1).place();
        assertThat(order.end()).hasToString("CONFIRMED");

        JsonNode events = waybill.get(Service.PAYMENT, "/payments/%s/events".formatted(order.id())).json()
                .path("items");

        assertThat(events.valueStream().map(event -> event.path("type").asString())).containsExactly(
                "AuthorizationRequested", "Authorized", "CaptureRequested", "Captured");
    }

    private JsonNode saga(PlacedOrder order) {
        return waybill.get(Service.SAGA, "/sagas?orderId=" + order.id()).json().path("items").path(0);
    }

    private List<JsonNode> ledger(String sku) {
        return waybill.get(Service.INVENTORY, "/stock/%s/ledger".formatted(sku)).json().path("items").valueStream()
                .toList();
    }

    private Answer adjust(String sku, int quantity, String why) {
        return waybill.post(Service.INVENTORY, "/stock/%s/adjustments".formatted(sku),
                Map.of("quantity", quantity, "reason", why));
    }

    private Answer product(String sku, Map<String, String> headers, long price) {
        return waybill.put(Service.ORDER, "/products/" + sku, headers, """
                {"name": "Kitchen scale", "price": {"amountMinor": %d, "currency": "EUR"}, "active": true}"""
                .formatted(price));
    }

    private long total(PlacedOrder order) {
        return waybill.get(Service.ORDER, "/orders/" + order.id()).json().path("total").path("amountMinor").asLong();
    }
}
