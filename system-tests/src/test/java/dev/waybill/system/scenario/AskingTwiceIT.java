package dev.waybill.system.scenario;

import dev.waybill.system.driver.Http.Answer;
import dev.waybill.system.driver.OrderForm;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import static dev.waybill.system.scenario.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

/** A client that does not know whether it was heard, and asks again. */
@PlatformTest
@Order(2)
class AskingTwiceIT {

    private final Waybill waybill;
    private final OrderForm form;

    AskingTwiceIT(Waybill waybill) {
        this.waybill = waybill;
        this.form = waybill.order("FILTER-04", 1).by("twice");
    }

    @AfterAll
    void theBooksAgree() {
        waybill.auditIsGreen();
    }

    @Test
    void theSameKeyGivesTheSameOrder() {
        PlacedOrder first = form.place();
        PlacedOrder second = form.place();

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(first.end()).hasToString("CONFIRMED");
        assertThat(form.place().id()).as("asked again after it was confirmed").isEqualTo(first.id());
        List<String> customersOrders = waybill.ordersOf("twice");
        assertThat(customersOrders).containsExactly(first.id());
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() throws IOException {
        OrderForm mine = waybill.order("FILTER-04", 1).by("mind changer");
        mine.place();

        Answer answer = mine.and("FILTER-04", 1).request();

        assertProblem(answer, 422);
    }

    @Test
    void withoutAKeyNothingIsPlaced() throws IOException {
        Answer answer = waybill.postOrder(Map.of(), waybill.order("FILTER-04", 1).by("keyless").body());

        assertProblem(answer, 400);
        assertThat(waybill.ordersOf("keyless")).isEmpty();
    }
}
