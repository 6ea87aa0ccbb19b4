package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Http.Answer;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static dev.waybill.system.scenario.Problems.assertProblem;
import static dev.waybill.system.scenario.Problems.assertProblemAt;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whatever can be asked for beside an order, asked for badly: each gets a clear refusal, and one confirmed order is at the end
 * what it was in the beginning.
 */
@PlatformTest
@Order(2)
class BadRequestsIT {

    private static final String LINE = "{\"sku\":\"FILTER-04\",\"quantity\":1}";

    private final Waybill waybill;
    private final PlacedOrder order;
    private String saga = "";

    BadRequestsIT(Waybill waybill) {
        this.waybill = waybill;
        this.order = waybill.order("FILTER-04", 1).by("patient").place();
    }

    @BeforeAll
    void theOrderIsConfirmed() {
        assertThat(order.end()).hasToString("CONFIRMED");
        order.isDispatched();
        await().until(() -> saga().path("status").asString().equals("COMPLETED"));
        saga = saga().path("id").asString();
    }

    @AfterAll
    void nothingHasHappened() {
        assertThat(order.now()).hasToString("CONFIRMED");
        assertThat(waybill.outside().charges(order)).containsExactly("AUTHORIZE 690", "CAPTURE 690");
        waybill.auditIsGreen();
    }

    /** With a key of its own each; ORDER and SAGA stand for what there is, NOBODY for what there is not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    ORDER     | /orders/ORDER/cancellation      | {                                                         | 400 |
                    ORDER     | /orders/ORDER/cancellation      | {}                                                        | 400 | /reason
                    ORDER     | /orders/ORDER/cancellation      | {"reason": {"text": "why"}}                               | 400 | /reason
                    ORDER     | /orders/ORDER/cancellation      | {"reason": " "}                                           | 400 | /reason
                    ORDER     | /orders/ORDER/cancellation      | {"reason": "a\\u0007b"}                                   | 400 | /reason
                    ORDER     | /orders/ORDER/cancellation      | {"reason": "why", "refund": 5}                            | 400 | /refund
                    ORDER     | /orders/no-id/cancellation      | {"reason": "why"}                                         | 404 |
                    ORDER     | /orders/NOBODY/cancellation     | {"reason": "why"}                                         | 404 |
                    ORDER     | /orders/ORDER/returns           | {"lines": [LINE], "reason": "why"}                        | 409 |
                    ORDER     | /orders/ORDER/returns           | {"lines": [LINE]}                                         | 400 | /reason
                    ORDER     | /orders/ORDER/returns           | {"reason": "why"}                                         | 400 | /lines
                    ORDER     | /orders/ORDER/returns           | {"lines": [null], "reason": "why"}                        | 400 |
                    ORDER     | /orders/ORDER/returns           | {"lines": "all", "reason": "why"}                         | 400 | /lines
                    ORDER     | /orders/ORDER/returns           | {"lines": [{"sku": "x y", "quantity": 1}], "reason": "?"} | 400 | /lines/0/sku
                    ORDER     | /orders/ORDER/returns           | {"lines": [{"sku": "FILTER-04", "quantity": 0.5}], "reason": "?"} | 400 | /lines/0/quantity
                    ORDER     | /orders/ORDER/returns           | {"lines": [{"sku": "FILTER-04", "quantity": 1000001}], "reason": "?"} | 400 | /lines/0/quantity
                    ORDER     | /orders/ORDER/returns           | {"lines": [MANY], "reason": "why"}                        | 400 | /lines
                    ORDER     | /orders/NOBODY/returns          | {"lines": [LINE], "reason": "why"}                        | 404 |
                    PAYMENT   | /payments/ORDER/refunds         | {"amount": {"amountMinor": -1, "currency": "EUR"}, "reason": "?"}  | 400 | /amount
                    PAYMENT   | /payments/ORDER/refunds         | {"amount": {"amountMinor": 1.5, "currency": "EUR"}, "reason": "?"} | 400 | /amount/amountMinor
                    PAYMENT   | /payments/ORDER/refunds         | {"amount": {"amountMinor": 99999999999999999999, "currency": "EUR"}, "reason": "?"} | 400 | /amount/amountMinor
                    PAYMENT   | /payments/ORDER/refunds         | {"amount": {"amountMinor": 1, "currency": "XYZ"}, "reason": "?"}   | 400 | /amount/currency
                    PAYMENT   | /payments/ORDER/refunds         | {"amount": {"amountMinor": 691, "currency": "EUR"}, "reason": "?"} | 409 |
                    PAYMENT   | /payments/ORDER/refunds         | {"amount": {"amountMinor": 1, "currency": "EUR"}}         | 400 | /reason
                    PAYMENT   | /payments/ORDER/refunds         | {"reason": "all of it"}                                   | 400 | /amount
                    PAYMENT   | /payments/NOBODY/refunds        | {"amount": {"amountMinor": 1, "currency": "EUR"}, "reason": "?"}   | 404 |
                    INVENTORY | /stock/FILTER-04/adjustments    | {"quantity": 0, "reason": "?"}                            | 400 | /quantity
                    INVENTORY | /stock/FILTER-04/adjustments    | {"quantity": 1.5, "reason": "?"}                          | 400 | /quantity
                    INVENTORY | /stock/FILTER-04/adjustments    | {"quantity": "some", "reason": "?"}                       | 400 | /quantity
                    INVENTORY | /stock/FILTER-04/adjustments    | {"quantity": 99999999999, "reason": "?"}                  | 400 | /quantity
                    INVENTORY | /stock/FILTER-04/adjustments    | {"quantity": 1}                                           | 400 | /reason
                    INVENTORY | /stock/filter%2004/adjustments  | {"quantity": 1, "reason": "?"}                            | 404 |
                    INVENTORY | /stock/NEVER-SEEN/adjustments   | {"quantity": -1, "reason": "?"}                           | 409 |
                    SAGA      | /sagas/SAGA/retry               | {}                                                        | 400 | /reason
                    SAGA      | /sagas/SAGA/retry               | {"reason": "why"}                                         | 409 |
                    SAGA      | /sagas/SAGA/skip                | {"reason": 7, "step": "x"}                                | 400 |
                    SAGA      | /sagas/SAGA/skip                | {"reason": "why"}                                         | 409 |
                    SAGA      | /sagas/SAGA/compensate          | {"reason": ""}                                            | 400 | /reason
                    SAGA      | /sagas/SAGA/compensate          | {"reason": "why"}                                         | 409 |
                    SAGA      | /sagas/SAGA/resolve             | {"outcome": "MAYBE", "reason": "why"}                     | 400 | /outcome
                    SAGA      | /sagas/SAGA/resolve             | {"reason": "why"}                                         | 400 | /outcome
                    SAGA      | /sagas/SAGA/resolve             | {"outcome": "COMPLETED", "reason": "why"}                 | 409 |
                    SAGA      | /sagas/NOBODY/skip              | {"reason": "why"}                                         | 404 |
                    SAGA      | /sagas/NOBODY/compensate        | {"reason": "why"}                                         | 404 |
                    SAGA      | /sagas/NOBODY/resolve           | {"outcome": "COMPLETED", "reason": "why"}                 | 404 |
                    ORDER     | /operations/projections/nothing/rebuilds | {"reason": "why"}                                | 404 |
                    ORDER     | /operations/projections/order-search/rebuilds | {}                                          | 400 | /reason
                    """)
    void whatIsAskedForBadly(Service service, String path, String body, int status, @Nullable String pointer) {
        Answer answer = waybill.post(service, filledIn(path),
                Map.of("Idempotency-Key", UUID.randomUUID().toString()), filledIn(body));
        if (pointer == null) {
            assertProblem(answer, status);
        } else {
            assertProblemAt(answer, status, pointer);
        }
    }

    @ParameterizedTest
    @CsvSource({"ORDER, /orders/ORDER/cancellation", "ORDER, /orders/ORDER/returns",
            "PAYMENT, /payments/ORDER/refunds", "INVENTORY, /stock/FILTER-04/adjustments"})
    void withoutAKeyOrWithTwoOrAsAnotherKindOfText(Service service, String path) {
        String at = filledIn(path);
        String json = "application/json";
        String body = "{\"reason\": \"why\"}";
        assertProblem(waybill.send(service, "POST", at, List.of("Content-Type", json), body), 400);
        assertProblem(waybill.send(service, "POST", at,
                List.of("Content-Type", json, "Idempotency-Key", "one", "Idempotency-Key", "two"), body), 400);
        assertProblem(waybill.send(service, "POST", at,
                List.of("Content-Type", "text/plain", "Idempotency-Key", "one"), body), 415);
        assertProblem(waybill.send(service, "DELETE", at, List.of(), ""), 405);
    }

    @ParameterizedTest
    @CsvSource({"ORDER, /orders?placedFrom=noon", "ORDER, /orders?sku=x%20y",
            "ORDER, /orders?placedFrom=2026-11-21T14:00:00Z&placedTo=2026-11-21T13:00:00Z",
            "SAGA, /sagas?status=LOST", "SAGA, /sagas?olderThan=yesterday", "SAGA, /sagas?orderId=1",
            "SAGA, /sagas?step=%00", "NOTIFICATION, /notifications?orderId=1",
            "NOTIFICATION, /notifications?status=LOST",
            "ORDER, /operations/parked-messages?state=LOST", "ORDER, /operations/parked-acts?parkedMessage=1"})
    void aQuestionThatCannotBeUnderstood(Service service, String question) {
        assertProblem(waybill.look(service, question), 400);
    }

    /** Of a product there is one version that can be edited, the one that was looked at. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    FILTER-04  | If-Match      | `"999999"` | {"name": "N", "price": {"amountMinor": 1, "currency": "EUR"}, "active": true}   | 412 |
                    FILTER-04  | If-Match      | newest     | {"name": "N", "price": {"amountMinor": 1, "currency": "EUR"}, "active": true}   | 412 |
                    FILTER-04  | If-Matched    | `"1"`      | {"name": "N", "price": {"amountMinor": 1, "currency": "EUR"}, "active": true}   | 428 |
                    FILTER-04  | If-None-Match | *          | {"name": "N", "price": {"amountMinor": 1, "currency": "EUR"}, "active": true}   | 412 |
                    FILTER-04  | If-None-Match | `"1"`      | {"name": "N", "price": {"amountMinor": 1, "currency": "EUR"}, "active": true}   | 400 |
                    NEVER-SEEN | If-Match      | `"1"`      | {"name": "N", "price": {"amountMinor": 1, "currency": "EUR"}, "active": true}   | 404 |
                    no-sku     | If-None-Match | *          | {"name": "N", "price": {"amountMinor": 1, "currency": "EUR"}, "active": true}   | 404 |
                    FILTER-04  | If-Match      | SEEN       | {"name": "N", "price": {"amountMinor": 0, "currency": "EUR"}, "active": true}   | 400 | /price/amountMinor
                    FILTER-04  | If-Match      | SEEN       | {"name": "N", "price": {"amountMinor": -1, "currency": "EUR"}, "active": true}  | 400 | /price
                    FILTER-04  | If-Match      | SEEN       | {"name": "N", "price": {"amountMinor": 1, "currency": "XYZ"}, "active": true}   | 400 | /price/currency
                    FILTER-04  | If-Match      | SEEN       | {"name": "a\\u0000b", "price": {"amountMinor": 1, "currency": "EUR"}, "active": true} | 400 | /name
                    FILTER-04  | If-Match      | SEEN       | {"name": "N", "price": {"amountMinor": 1, "currency": "EUR"}}                   | 400 | /active
                    FILTER-04  | If-Match      | SEEN       | {"name": "N", "price": {"amountMinor": 1, "currency": "EUR"}, "active": "perhaps"} | 400 | /active
                    FILTER-04  | If-Match      | SEEN       | {"sku": "OTHER", "name": "N", "price": {"amountMinor": 1, "currency": "EUR"}, "active": true} | 400 | /sku
                    """)
    void aProductThatIsEditedBadly(String sku, String header, String value, String body, int status,
            @Nullable String pointer) {
        String seen = requireNonNull(waybill.get(Service.ORDER, "/products/FILTER-04").headers().get("etag"));
        Answer answer = waybill.put(Service.ORDER, "/products/" + sku,
                Map.of(header, value.equals("SEEN") ? seen : value), body);
        if (pointer == null) {
            assertProblem(answer, status);
        } else {
            assertProblemAt(answer, status, pointer);
        }
        assertThat(waybill.get(Service.ORDER, "/products/FILTER-04").headers().get("etag")).isEqualTo(seen);
    }

    @Test
    void aNameOfAnyScriptComesBackAsItWasSent() {
        String name = "Zoë 𠮷野家 🦄";
        PlacedOrder unicorns = waybill.order("FILTER-04", 1).by(name).addressedTo(name).place();

        JsonNode found = waybill.get(Service.ORDER, "/orders/" + unicorns.id()).json();

        assertThat(found.path("shippingAddress").path("name").asString()).isEqualTo(name);
        assertThat(found.path("customerId").asString()).isEqualTo(name);
        assertThat(unicorns.end()).hasToString("CONFIRMED");
        await().until(() -> waybill.ordersOf(name).equals(List.of(unicorns.id())));
    }

    private String filledIn(String text) {
        return text.replace("NOBODY", UUID.randomUUID().toString()).replace("SAGA", saga).replace("LINE", LINE)
                .replace("/ORDER/", "/%s/".formatted(order.id()))
                .replace("MANY", String.join(",", Collections.nCopies(1_000, LINE)));
    }

    private JsonNode saga() {
        return waybill.get(Service.SAGA, "/sagas?orderId=" + order.id()).json().path("items").path(0);
    }
}
