package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Http.Answer;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import static dev.waybill.system.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What operators ask of every service, and the lists: each answers in its form, and refuses what it cannot take. */
@PlatformTest
@Order(2)
class EveryServiceIT {

    private final Waybill waybill;

    EveryServiceIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @ParameterizedTest
    @EnumSource
    void itIsSeenHowFarTheOutboxIs(Service service) {
        JsonNode outbox = waybill.get(service, "/operations/outbox").json();

        assertThat(outbox.propertyNames()).contains("backlog", "oldestUnpublishedAge", "leader", "fencingToken");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsParkedIsListed(Service service) {
        assertThat(waybill.get(service, "/operations/parked-messages").json().path("items").isArray()).isTrue();
        assertProblem(waybill.look(service, "/operations/parked-messages/" + UUID.randomUUID()), 404);
        assertProblem(waybill.post(service, "/operations/parked-messages/%s/discard".formatted(UUID.randomUUID()),
                Map.of("reason", "not there")), 404);
    }

    @ParameterizedTest
    @EnumSource
    void theProbesAndTheBuildAnswer(Service service) {
        for (String path : List.of("/livez", "/readyz", "/actuator/prometheus", "/actuator/info", "/v3/api-docs")) {
            assertThat(waybill.look(service, path).status()).as(path).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"ORDER, /orders, 'id customerId status'", "ORDER, /products, 'sku name price active'",
            "INVENTORY, /stock, 'sku onHand reserved available version'",
            "SAGA, /sagas, 'id type orderId status step startedAt updatedAt deadline version'",
            "NOTIFICATION, /notifications, 'id orderId template recipient status attempts sentAt'"})
    void aListComesInPagesAndKnowsItsCursors(Service service, String path, String fields) {
        settled("list-keeper");
        settled("list-keeper");
        await().until(() -> waybill.get(service, path + "?limit=1").json().path("items").size() == 1);
        JsonNode first = waybill.get(service, path + "?limit=1").json();

        assertThat(first.path("items").path(0).propertyNames()).contains(fields.split(" "));
        JsonNode second = waybill.get(service, path + "?limit=1&cursor=" + first.path("next").asString()).json();
        assertThat(second.path("items").path(0)).isNotEqualTo(first.path("items").path(0));
        assertProblem(waybill.look(service, path + "?cursor=bm90IG91cnM"), 400);
        assertProblem(waybill.look(service, path + "?limit=0"), 400);
        assertProblem(waybill.look(service, path + "?limit=1000000"), 400);
    }

    @Test
    void theEventStoreIsPublishedAgainToATopicMadeForIt() {
        settled("replayed");
        Answer asked = waybill.post(Service.ORDER, "/operations/replays", Map.of("topic", "replay.nobody-made-it"));
        assertThat(asked.status()).as(asked.body()).isBetween(400, 499);

        Answer unknown = waybill.look(Service.ORDER, "/operations/replays/" + UUID.randomUUID());
        assertProblem(unknown, 404);
    }

    @Test
    void whatIsHeldAndWhatIsRefundedIsListed() {
        PlacedOrder order = settled("lister");
        assertThat(order.refund(100, "goodwill").status()).isEqualTo(202);

        assertThat(waybill.get(Service.INVENTORY, "/reservations?overdue=true").json().path("items").isArray())
                .isTrue();
        assertThat(
                waybill.get(Service.PAYMENT, "/payments/%s/refunds".formatted(order.id())).json().path("items").size())
                .isEqualTo(1);
        assertThat(waybill.get(Service.PAYMENT, "/operations/outside-calls").json().path("items").isArray()).isTrue();
        assertThat(waybill.get(Service.SHIPPING, "/operations/outside-calls").json().path("items").isArray()).isTrue();
        assertThat(waybill.get(Service.ORDER, "/operations/projections").json().path("items").size()).isPositive();
    }

    private PlacedOrder settled(String customer) {
        PlacedOrder order = waybill.order("FILTER-04", 1).by(customer).mailedTo("lister@example.com").place();
        assertThat(order.end()).hasToString("CONFIRMED");
        return order;
    }
}
