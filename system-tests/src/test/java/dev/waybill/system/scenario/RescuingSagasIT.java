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

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A saga that cannot go on by itself: it turns back, and the carrier does not give the parcel up. It stops and is seen, and a person has it
 * try again, or sees to everything by hand and says how it has ended.
 */
@PlatformTest
@Order(1)
class RescuingSagasIT {

    private final Waybill waybill;

    RescuingSagasIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @AfterAll
    void everyInvariantHolds() {
        waybill.auditIsGreen();
    }

    @Test
    void tryingAgainItGoesOnWhereItStopped() {
        PlacedOrder order = stuck();

        assertThat(act(order, "retry", Map.of("reason", "they give it back after all")).status()).isEqualTo(202);

        order.becomes("CANCELLED");
        assertThat(waybill.gatewayBooks(order)).containsExactly("AUTHORIZE", "VOID");
        assertThat(waybill.carrierBooks(order)).containsExactly("CANCELLED");
    }

    @Test
    void resolvedItTellsTheOrderHowItHasEnded() {
        PlacedOrder order = stuck();
        waybill.outside().callBackByHand(order);
        waybill.outside().letGoByHand(order);

        Answer answer = act(order, "resolve", Map.of("outcome", "COMPENSATED", "reason", "seen to by telephone"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        order.becomes("CANCELLED");
        await().until(() -> saga(order).path("status").asString().equals("COMPENSATED"));
        assertThat(waybill.get(Service.SAGA, "/sagas/" + saga(order).path("id").asString()).body())
                .contains("seen to by telephone");
    }

    /** While the carrier is still booking, the order is called off; then the carrier keeps what it has booked. */
    private PlacedOrder stuck() {
        return waybill.outside().misbehaving("carrier", "SLOW", () -> {
            PlacedOrder order = waybill.order("FILTER-04", 1).place();
            // The carrier has the request, and thinks about it for some seconds.
            await().until(() -> saga(order).path("step").asString().equals("book shipment")
                    && waybill.outside().hasMisbehaved("carrier"));
            waybill.outside().misbehave("carrier", "REFUSE_CANCEL");
            assertThat(act(order, "compensate", Map.of("reason", "the address is a fraud")).status()).isEqualTo(202);
            await().until(() -> saga(order).path("status").asString().equals("STUCK"));
            assertThat(waybill.get(Service.SAGA, "/sagas?status=STUCK").body()).contains(order.id());
            return order;
        });
    }

    private Answer act(PlacedOrder order, String act, Map<String, String> body) {
        return waybill.post(Service.SAGA, "/sagas/%s/%s".formatted(saga(order).path("id").asString(), act), body);
    }

    private JsonNode saga(PlacedOrder order) {
        return waybill.get(Service.SAGA, "/sagas?orderId=" + order.id()).json().path("items").path(0);
    }
}
