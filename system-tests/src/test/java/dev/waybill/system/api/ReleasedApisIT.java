package dev.waybill.system.api;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The running services describe their APIs as they were released: whoever calls them can build upon {@code docs/openapi}. */
@PlatformTest
@Order(1)
class ReleasedApisIT {

    private static final Path RELEASED = Path.of("..", "docs", "openapi");
    private static final Path DESCRIBED = Path.of("target", "openapi");
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private final Waybill waybill;

    ReleasedApisIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @ParameterizedTest
    @EnumSource
    void theApiIsTheReleasedOne(Service service) throws IOException {
        String name = service.process() + ".json";
        String described = descriptionOf(service);
        Files.createDirectories(DESCRIBED);
        Files.writeString(DESCRIBED.resolve(name), described);
        Path released = RELEASED.resolve(name);

        if (Files.exists(released)) {
            assertThat(ApiCompatibility.breaksBetween(JSON.readTree(released.toFile()), JSON.readTree(described)))
                    .as("Callers that were built for docs/openapi/%s break. Add what is new beside what there is", name)
                    .isEmpty();
        }
        assertThat(released)
                .as("What is new in an API is released with it: cp system-tests/target/openapi/%s docs/openapi/",
                        name)
                .hasContent(described);
    }

    /** With its keys in order, and without the address under which it happens to run. */
    private String descriptionOf(Service service) throws IOException {
        JsonNode api = waybill.http().get(waybill.addresses().of(service).resolve("/v3/api-docs")).json();
        assertThat(api.path("openapi").asString()).startsWith("3.1");
        ((ObjectNode) api).remove("servers");
        return JSON.writeValueAsString(JSON.treeToValue(api, Object.class)) + "\n";
    }
}
