package dev.waybill.system.driver;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Http.Answer;
import tools.jackson.databind.JsonNode;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Orders whose sagas cannot go on by themselves: they turn back, and the carrier does not give the parcel up. */
public final class StuckSagas {

    private final Waybill waybill;

    public StuckSagas(Waybill waybill) {
        this.waybill = waybill;
    }

    /** While the carrier is still booking, the order is called off; then the carrier keeps what it has booked. */
    public PlacedOrder one() {
        return waybill.outside().misbehaving("carrier", "SLOW", () -> {
            PlacedOrder order = waybill.order("FILTER-04", 1).place();
            // The carrier has the request, and thinks about it for some seconds.
            await().until(() -> of(order).path("step").asString().equals("book shipment")
                    && waybill.outside().hasMisbehaved("carrier"));
            waybill.outside().misbehave("carrier", "REFUSE_CANCEL");
            assertThat(act(order, "compensate", Map.of("reason", "the address is a fraud")).status()).isEqualTo(202);
            await().until(() -> of(order).path("status").asString().equals("STUCK"));
            assertThat(waybill.get(Service.SAGA, "/sagas?status=STUCK").body()).contains(order.id());
            assertThat(waybill.get(Service.SAGA, "/sagas/counts?status=STUCK").json().path("items").path(0)
                    .path("sagas").asInt()).isPositive();
            return order;
        });
    }

    public Answer act(PlacedOrder order, String act, Map<String, String> body) {
        return waybill.post(Service.SAGA, "/sagas/%s/%s".formatted(of(order).path("id").asString(), act), body);
    }

    public JsonNode of(PlacedOrder order) {
        return waybill.get(Service.SAGA, "/sagas?orderId=" + order.id()).json().path("items").path(0);
    }
}
