package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Http.Answer;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import static dev.waybill.system.scenario.Problems.assertProblem;
import static dev.waybill.system.scenario.Problems.assertProblemAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Every bad request gets a clear refusal, and leaves no order behind. */
@PlatformTest
@Order(2)
class BadInputIT {

    private static final String JSON = "application/json";

    private final Waybill waybill;
    private final String good;

    BadInputIT(Waybill waybill) {
        this.waybill = waybill;
        this.good = waybill.order("FILTER-04", 1).by("clumsy").body();
    }

    /** So that every list has a second page. */
    @BeforeAll
    void twoOrdersOfSomebodyElse() {
        assertThat(waybill.order("FILTER-04", 1).by("tamperer").place().end()).hasToString("CONFIRMED");
        assertThat(waybill.order("FILTER-04", 1).by("tamperer").place().end()).hasToString("CONFIRMED");
    }

    @AfterAll
    void nothingWasPlaced() {
        assertThat(waybill.ordersOf("clumsy")).isEmpty();
        waybill.auditIsGreen();
    }

    @Test
    void malformedJson() throws IOException {
        assertProblem(place(good.substring(0, good.length() - 1)), 400);
        assertProblem(place(""), 400);
        assertProblem(place("[]"), 400);
        assertProblem(place(good + good), 400);
    }

    /** Something in the good order is written otherwise. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `"quantity":1`         | `"quantity":0`                        | 400 | /lines/0/quantity
            `"quantity":1`         | `"quantity":-1`                       | 400 | /lines/0/quantity
            `"quantity":1`         | `"quantity":1000001`                  | 400 | /lines/0/quantity
            `"quantity":1`         | `"quantity":99999999999999999999`     | 400 | /lines/0/quantity
            `"quantity":1`         | `"quantity":1.5`                      | 400 | /lines/0/quantity
            `"quantity":1`         | `"quantity":"one"`                    | 400 | /lines/0/quantity
            `"quantity":1`         | `"quantity":[1]`                      | 400 | /lines/0/quantity
            `"quantity":1`         | `"quantity":1,"price":1`              | 400 | /lines/0/price
            `"FILTER-04"`          | `"NOTHING-99"`                        | 422 | /lines/0/sku
            `"FILTER-04"`          | `"filter 04"`                         | 400 | /lines/0/sku
            `"EUR"`                | `"XYZ"`                               | 400 | /currency
            `"EUR"`                | `"USD"`                               | 422 | /currency
            `"EUR"`                | `"EUR","discount":100`                | 400 | /discount
            `"clumsy"`             | null                                  | 400 | /customerId
            `"clumsy"`             | `{"sub":"clumsy"}`                    | 400 | /customerId
            `"clumsy"`             | `"clum\\u0000sy"`                     | 400 | /customerId
            `"Alice Doe"`          | `"Alice\\nDoe"`                       | 400 | /shippingAddress/name
            `"Alice Doe"`          | `"Alice\\u0000Doe"`                   | 400 | /shippingAddress/name
            `"Alice Doe"`          | `"Alice \\ud83d"`                     | 400 | /shippingAddress/name
            `"Alice Doe"`          | `" "`                                 | 400 | /shippingAddress/name
            `"DE"`                 | `"Germany"`                           | 400 | /shippingAddress/country
            """)
    void aFieldThatIsNotAsItShouldBe(String right, String wrong, int status, String pointer) throws IOException {
        assertThat(good).contains(right);
        assertProblemAt(place(good.replace(right, wrong)), status, pointer);
    }

    @Test
    void tooManyLinesOrNone() throws IOException {
        String line = good.replaceFirst(".*\"lines\":\\[([^]]*)].*", "$1");
        assertProblemAt(place(good.replace(line, String.join(",", Collections.nCopies(1_000, line)))), 400, "/lines");
        assertProblemAt(place(good.replace(line, "")), 400, "/lines");
    }

    @Test
    void moreThanAnAmountCanHold() throws IOException {
        String sku = "DEAR-" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        Answer made = waybill.put(Service.ORDER, "/products/" + sku, Map.of("If-None-Match", "*"), """
                {"name": "Priceless", "price": {"amountMinor": %d, "currency": "EUR"}, "active": true}"""
                .formatted(Long.MAX_VALUE));
        assertThat(made.status()).as(made.body()).isEqualTo(201);

        Answer answer = place(good.replace("FILTER-04", sku).replace("\"quantity\":1", "\"quantity\":2"));

        assertProblem(answer, 422);
        assertThat(answer.json().path("code").asString()).isEqualTo("amount-too-large");
    }

    @Test
    void tenMegabytes() throws IOException {
        assertProblem(place(good.replace("1 Main St", "x".repeat(10 * 1024 * 1024))), 413);
    }

    @Test
    void anIdempotencyKeyHasABound() {
        String unsold = good.replace("FILTER-04", "NOTHING-99");
        assertProblemAt(send("POST", unsold, "Idempotency-Key", "1", "Content-Type", JSON), 422, "/lines/0/sku");
        assertProblem(send("POST", good, "Idempotency-Key", "k".repeat(256), "Content-Type", JSON), 400);
        assertThat(send("POST", good, "Idempotency-Key", "k".repeat(10_000), "Content-Type", JSON)).satisfies(
                answer -> assertProblem(answer, answer.status() == 431 ? 431 : 400));
    }

    @Test
    void headersThatAreMissingOrThereTwice() {
        assertProblem(send("POST", good, "Content-Type", JSON), 400);
        assertProblem(send("POST", good, "Idempotency-Key", "", "Content-Type", JSON), 400);
        assertProblem(send("POST", good, "Idempotency-Key", "one", "Idempotency-Key", "other", "Content-Type", JSON),
                400);
        assertProblem(send("POST", good, "Idempotency-Key", "typeless"), 415);
        assertProblem(send("POST", good, "Idempotency-Key", "text", "Content-Type", "text/plain"), 415);
        assertProblem(send("POST", good, "Idempotency-Key", "odd", "Content-Type", "no type at all"), 415);
        assertProblem(send("POST", good, "Idempotency-Key", "xml", "Content-Type", JSON, "Accept", "text/xml"), 406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void aMethodThatThereIsNot(String method) {
        assertProblem(send(method, good, "Idempotency-Key", "method", "Content-Type", JSON), 405);
    }

    /** It still names a place in the list: only its signature, or the list that it was given for, is another. */
    @ParameterizedTest
    @CsvSource({"ORDER, /orders", "ORDER, /products", "INVENTORY, /stock", "INVENTORY, /stock/FILTER-04/ledger",
            "SAGA, /sagas"})
    void aCursorThatWasTamperedWith(Service service, String list) {
        String cursor = await().until(() -> waybill.get(service, list + "?limit=1").json().path("next").asString(""),
                next -> !next.isEmpty());

        String tampered = (cursor.startsWith("A") ? "B" : "A") + cursor.substring(1);
        assertProblem(waybill.look(service, list + "?cursor=" + tampered), 400);
        assertProblem(waybill.look(service, list + "?cursor=" + cursor + cursor), 400);
        assertProblem(waybill.look(Service.ORDER, "/orders?customerId=somebody&cursor=" + cursor), 400);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void unknownPath(Service service) throws IOException {
        assertProblem(waybill.http().get(waybill.addresses().of(service).resolve("/no/such/thing")), 404);
    }

    @ParameterizedTest
    @EnumSource(value = Service.class, names = "NOTIFICATION", mode = EnumSource.Mode.EXCLUDE)
    void unknownThing(Service service) throws IOException {
        String path = switch (service) {
            case ORDER -> "/orders/";
            case INVENTORY -> "/reservations/";
            case PAYMENT -> "/payments/";
            case SHIPPING -> "/shipments/";
            case SAGA -> "/sagas/";
            case NOTIFICATION -> throw new IllegalArgumentException("Notifications are only listed");
        };
        assertProblem(waybill.http().get(waybill.addresses().of(service).resolve(path + UUID.randomUUID())), 404);
        assertProblem(waybill.http().get(waybill.addresses().of(service).resolve(path + "no-id")), 404);
    }

    @Test
    void unknownPathAtTheSimulators() throws IOException {
        assertProblem(waybill.http().get(waybill.addresses().simulators().resolve("/no/such/thing")), 404);
    }

    private Answer place(String body) throws IOException {
        return waybill.postOrder(Map.of("Idempotency-Key", UUID.randomUUID().toString()), body);
    }

    private Answer send(String method, String body, String... headers) {
        return waybill.send(Service.ORDER, method, "/orders", List.of(headers), body);
    }
}
