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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static dev.waybill.system.scenario.Problems.assertProblem;
import static dev.waybill.system.scenario.Problems.assertProblemAt;
import static java.util.Objects.requireNonNull;
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
    void whatIsParkedIsListedAndWhatIsNotCannotBeSeenTo(Service service) {
        assertThat(waybill.get(service, "/operations/parked-messages").json().path("items").isArray()).isTrue();
        assertThat(waybill.get(service, "/operations/parked-acts").json().path("items").isArray()).isTrue();
        String path = "/operations/parked-messages/" + UUID.randomUUID();
        assertProblem(waybill.look(service, path), 404);
        assertProblem(waybill.put(service, path, Map.of("If-Match", "\"1\""),
                "{\"payload\": {}, \"reason\": \"not there\"}"), 404);
        for (String act : List.of("/discard", "/dry-run", "/replay")) {
            assertProblem(waybill.post(service, path + act, Map.of("reason", "not there")), 404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriptionThatRunsCannotBeToldToGoOn(Service service) {
        String path = "/operations/subscriptions";
        JsonNode subscriptions = waybill.get(service, path).json().path("items");
        assertThat(subscriptions).isNotEmpty()
                .allSatisfy(one -> assertThat(one.path("state").asString()).isEqualTo("RUNNING"));

        String resume = path + "/%s/resume".formatted(subscriptions.path(0).path("name").asString());
        assertProblem(waybill.post(service, resume, Map.of("reason", "goes on")), 409);
        assertProblemAt(waybill.post(service, resume, Map.of()), 400, "/reason");
        assertProblem(waybill.post(service, path + "/nobodys/resume", Map.of("reason", "goes on")), 404);
    }

    @ParameterizedTest
    @EnumSource
    void theEventStoreIsPublishedAgainOnlyToATopicMadeForIt(Service service) {
        String path = "/operations/replays";
        assertThat(waybill.get(service, path).json().path("items").isArray()).isTrue();
        assertProblemAt(waybill.post(service, path, Map.of("topic", "replay.nobody-made-it")), 422, "/topic");
        assertProblem(waybill.look(service, path + "/" + UUID.randomUUID()), 404);
    }

    @Test
    void aProjectionIsMadeAnewAndReadMeanwhile() {
        PlacedOrder order = settled("rebuilt");
        String path = "/operations/projections";
        for (JsonNode before : waybill.get(Service.ORDER, path).json().path("items")) {
            String name = before.path("name").asString();
            Answer asked = waybill.post(Service.ORDER, path + "/%s/rebuilds".formatted(name),
                    Map.of("reason", "to see"));
            assertThat(asked.status()).as(asked.body()).isEqualTo(202);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                assertThat(waybill.ordersOf("rebuilt")).contains(order.id());
                return waybill.get(Service.ORDER, path).json().path("items").valueStream()
                        .filter(one -> one.path("name").asString().equals(name)).findFirst().orElseThrow()
                        .path("generation").asLong() > before.path("generation").asLong();
            });
        }
        assertThat(waybill.ordersOf("rebuilt")).contains(order.id());
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
    void whatIsHeldAndWhatIsRefundedIsListed() {
        PlacedOrder order = settled("lister");
        Answer refunded = order.refund(100, "goodwill");
        assertThat(refunded.status()).as(refunded.body()).isEqualTo(202);

        assertThat(waybill.get(Service.INVENTORY, "/reservations?overdue=true").json().path("items").isArray())
                .isTrue();
        assertThat(
                waybill.get(Service.PAYMENT, "/payments/%s/refunds".formatted(order.id())).json().path("items").size())
                .isEqualTo(1);
        assertThat(waybill.get(Service.PAYMENT, requireNonNull(refunded.headers().get("location"))).json()
                .path("amount").path("amountMinor").asLong()).isEqualTo(100);
        assertThat(waybill.get(Service.INVENTORY, "/stock/FILTER-04/ledger/1").json().path("kind").asString())
                .isNotBlank();
        assertThat(waybill.get(Service.ORDER, "/orders/%s/returns".formatted(order.id())).json().path("items"))
                .isEmpty();
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
