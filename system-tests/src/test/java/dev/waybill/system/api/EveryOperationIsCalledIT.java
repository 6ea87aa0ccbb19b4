package dev.waybill.system.api;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Http.Call;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing that can be asked of the platform goes without a test from outside: whatever a released description names was called by
 * some test of this run. So it comes last, and means nothing where only some of the tests run.
 */
@PlatformTest
@Order(Integer.MAX_VALUE)
class EveryOperationIsCalledIT {

    /** What every service answers and no description names. */
    private static final List<String> BESIDES = List.of("GET /livez", "GET /readyz", "GET /actuator/prometheus",
            "GET /actuator/info", "GET /v3/api-docs");
    /** The simulators describe nothing; this is what others may rely on. */
    private static final List<String> OUTSIDE = List.of("GET /gateway/charges", "GET /carrier/shipments",
            "POST /carrier/shipments/{trackingNumber}/scans", "GET /mailbox", "PUT /faults/{target}",
            "DELETE /faults/{target}");

    private final Waybill waybill;

    EveryOperationIsCalledIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @ParameterizedTest
    @EnumSource
    void ofAService(Service service) {
        Path released = Path.of("..", "docs", "openapi", service.process() + ".json");
        List<String> operations = new ArrayList<>(BESIDES);
        JsonNode paths = JsonMapper.shared().readTree(released.toFile()).path("paths");
        paths.forEachEntry((path, calls) -> calls.propertyNames()
                .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));

        assertThat(neverCalled(operations, waybill.addresses().of(service)))
                .as("operations of docs/openapi/%s.json that no test from outside has called in this run: write one",
                        service.process())
                .isEmpty();
    }

    @Test
    void ofTheSimulators() {
        assertThat(neverCalled(OUTSIDE, waybill.addresses().simulators())).isEmpty();
    }

    private List<String> neverCalled(List<String> operations, URI at) {
        List<String> called = waybill.http().calls().stream().filter(call -> call.uri().getPort() == at.getPort())
                .map(EveryOperationIsCalledIT::operation).distinct().toList();
        return operations.stream().filter(operation -> {
            Pattern form = Pattern.compile(operation.replaceAll("\\{[^}]*}", "[^/]+"));
            return called.stream().noneMatch(call -> form.matcher(call).matches());
        }).toList();
    }

    private static String operation(Call call) {
        return call.method() + " " + call.uri().getPath();
    }
}
