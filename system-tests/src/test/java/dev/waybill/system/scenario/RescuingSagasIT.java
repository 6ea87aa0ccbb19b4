package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Http.Answer;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.StuckSagas;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

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
    private final StuckSagas sagas;

    RescuingSagasIT(Waybill waybill) {
        this.waybill = waybill;
        this.sagas = new StuckSagas(waybill);
    }

    @AfterAll
    void everyInvariantHolds() {
        waybill.auditIsGreen();
    }

    @Test
    void tryingAgainItGoesOnWhereItStopped() {
        PlacedOrder order = sagas.one();

        assertThat(sagas.act(order, "retry", Map.of("reason", "they give it back after all")).status()).isEqualTo(202);

        order.becomes("CANCELLED");
        assertThat(waybill.gatewayBooks(order)).containsExactly("AUTHORIZE", "VOID");
        assertThat(waybill.carrierBooks(order)).containsExactly("CANCELLED");
    }

    @Test
    void resolvedItTellsTheOrderHowItHasEnded() {
        PlacedOrder order = sagas.one();
        waybill.outside().callBackByHand(order);
        waybill.outside().letGoByHand(order);

        Answer answer = sagas.act(order, "resolve", Map.of("outcome", "COMPENSATED", "reason", "seen to by telephone"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        order.becomes("CANCELLED");
        await().until(() -> sagas.of(order).path("status").asString().equals("COMPENSATED"));
        assertThat(waybill.get(Service.SAGA, "/sagas/" + sagas.of(order).path("id").asString()).body())
                .contains("seen to by telephone");
    }
}
