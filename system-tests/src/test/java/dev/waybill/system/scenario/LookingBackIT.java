package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static dev.waybill.system.scenario.Problems.assertProblem;
import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What happened to an order, what it looked like at a moment, and where it is found again. */
@PlatformTest
@Order(1)
class LookingBackIT {

    private final Waybill waybill;

    LookingBackIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @Test
    void theTimelineTellsWhatAllServicesDidInTheOrderOfCauses() {
        PlacedOrder order = waybill.order("FILTER-04", 1).place();
        assertThat(order.end()).hasToString("CONFIRMED");

        await().untilAsserted(() -> assertThat(timeline(order)).containsSubsequence("order placed",
                "inventory stock-reserved", "payment authorized", "shipping shipment-booked", "payment captured")
                .contains("inventory stock-committed", "shipping shipment-dispatched", "order confirmed"));
    }

    @Test
    void anOrderIsSeenAsItWasAtAnyMoment() {
        Instant before = Instant.now();
        PlacedOrder order = waybill.order("FILTER-04", 1).place();
        assertThat(order.end()).hasToString("CONFIRMED");
        JsonNode now = waybill.get(Service.ORDER, "/orders/" + order.id()).json();

        assertThat(asItWas(order, Instant.parse(now.path("placedAt").asString())).path("status").asString())
                .isEqualTo("PENDING");
        assertThat(asItWas(order, Instant.now()).path("status").asString()).isEqualTo("CONFIRMED");
        assertProblem(waybill.look(Service.ORDER, "/orders/%s?at=%s".formatted(order.id(), before.minusSeconds(1))),
                404);
        assertProblem(waybill.look(Service.ORDER, "/orders/%s?at=noon".formatted(order.id())), 400);
    }

    @Test
    void theStreamSaysWhatTheOrderIsUntilNothingMoreCanHappen() throws IOException {
        PlacedOrder order = waybill.order("FILTER-04", 1).paidBy("pm_card_declined").place();

        List<String> lines = waybill.http().stream(
                waybill.addresses().of(Service.ORDER).resolve("/orders/%s/events".formatted(order.id())),
                Duration.ofSeconds(30));

        assertThat(lines).anyMatch(line -> line.startsWith("data:") && line.contains("REJECTED"))
                .anyMatch(line -> line.startsWith("event:") && line.contains("status"))
                .anyMatch(line -> line.startsWith("id:"));
    }

    @Test
    void anOrderIsFoundByWhatIsKnownOfIt() {
        String customer = "seeker-" + System.nanoTime();
        PlacedOrder order = waybill.order("FILTER-04", 1).by(customer).place();
        PlacedOrder other = waybill.order("FILTER-04", 1).and("ESPRESSO-01", 1).by(customer).place();
        assertThat(order.end()).hasToString("CONFIRMED");
        assertThat(other.end()).hasToString("CONFIRMED");
        String number = waybill.get(Service.ORDER, "/orders/" + order.id()).json().path("number").asString();
        String by = "customerId=" + encode(customer, UTF_8);

        await().untilAsserted(() -> {
            assertThat(found(by)).containsExactly(other.id(), order.id());
            assertThat(found(by + "&status=CONFIRMED")).containsExactly(other.id(), order.id());
            assertThat(found(by + "&sku=ESPRESSO-01")).containsExactly(other.id());
            assertThat(found("q=" + number)).contains(order.id()).doesNotContain(other.id());
            assertThat(found(by + "&placedTo=" + Instant.now().minusSeconds(3600))).isEmpty();
            assertThat(found(by + "&placedFrom=" + Instant.now().minusSeconds(3600))).hasSize(2);
        });
        assertProblem(waybill.look(Service.ORDER, "/orders?cursor=tampered"), 400);
        assertProblem(waybill.look(Service.ORDER, "/orders?status=LOST"), 400);
    }

    private List<String> found(String query) {
        return waybill.get(Service.ORDER, "/orders?" + query).json().path("items").valueStream()
                .map(order -> order.path("id").asString()).toList();
    }

    private JsonNode asItWas(PlacedOrder order, Instant at) {
        return waybill.get(Service.ORDER, "/orders/%s?at=%s".formatted(order.id(), at)).json();
    }

    private List<String> timeline(PlacedOrder order) {
        return waybill.get(Service.ORDER, "/orders/%s/timeline".formatted(order.id())).json().path("items")
                .valueStream()
                .map(entry -> entry.path("context").asString() + " "
                        + entry.path("type").asString())
                .toList();
    }
}
