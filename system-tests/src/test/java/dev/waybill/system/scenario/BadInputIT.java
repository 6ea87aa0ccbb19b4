package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Http.Answer;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;

import static dev.waybill.system.scenario.Problems.assertProblem;
import static dev.waybill.system.scenario.Problems.assertProblemAt;
import static org.assertj.core.api.Assertions.assertThat;

/** Every bad request gets a clear refusal, and leaves no order behind. */
@PlatformTest
@Order(2)
class BadInputIT {

    private final Waybill waybill;
    private final String good;

    BadInputIT(Waybill waybill) {
        this.waybill = waybill;
        this.good = waybill.order("FILTER-04", 1).by("clumsy").body();
    }

    @AfterAll
    void nothingWasPlaced() {
        assertThat(waybill.ordersOf("clumsy")).isEmpty();
        waybill.auditIsGreen();
    }

    @Test
    void malformedJson() throws IOException {
        assertProblem(place(good.substring(0, good.length() - 1)), 400);
    }

    @Test
    void unknownField() throws IOException {
        assertProblemAt(place(good.replaceFirst("\\{", "{\"discount\": 100, ")), 400, "/discount");
    }

    @Test
    void quantityZero() throws IOException {
        assertProblem(place(waybill.order("FILTER-04", 0).by("clumsy").body()), 400);
    }

    @Test
    void negativeQuantity() throws IOException {
        assertProblem(place(waybill.order("FILTER-04", -1).by("clumsy").body()), 400);
    }

    @Test
    void unknownSku() throws IOException {
        assertProblemAt(place(waybill.order("FILTER-04", 1).and("NOTHING-99", 1).by("clumsy").body()), 422,
                "/lines/1/sku");
    }

    @Test
    void tenMegabytes() throws IOException {
        assertProblem(place(good.replace("1 Main St", "x".repeat(10 * 1024 * 1024))), 413);
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
    }

    @Test
    void unknownPathAtTheSimulators() throws IOException {
        assertProblem(waybill.http().get(waybill.addresses().simulators().resolve("/no/such/thing")), 404);
    }

    private Answer place(String body) throws IOException {
        return waybill.postOrder(Map.of("Idempotency-Key", UUID.randomUUID().toString()), body);
    }
}
