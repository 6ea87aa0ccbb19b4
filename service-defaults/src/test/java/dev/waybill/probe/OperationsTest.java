package dev.waybill.probe;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@ProbeService
class OperationsTest {

    @LocalServerPort
    private int port;

    private Http http = new Http(0);

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz", "/actuator/health", "/actuator/info"})
    void answersOnTheMainPort(String path) {
        assertThat(http.get(path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"env", "beans", "heapdump", "loggers", "shutdown", "mappings", "flyway", "metrics"})
    void exposesNothingElse(String endpoint) {
        assertThat(http.get("/actuator/" + endpoint).status()).isEqualTo(404);
    }

    @Test
    void describesItself() {
        JsonNode api = http.get("/v3/api-docs").json();

        assertThat(api.get("openapi").asString()).startsWith("3.1");
        assertThat(api.at("/paths/~1things/get/parameters").findValuesAsString("name"))
                .containsExactlyInAnyOrder("kind", "limit", "cursor");
        assertThat(api.at("/paths/~1things~1made/post/parameters").findValuesAsString("name"))
                .containsExactly("Idempotency-Key");
        assertThat(api.get("paths").propertyNames()).doesNotContain("/error");
    }

    @Test
    void metricsNameTheApplication() {
        assertThat(http.get("/actuator/prometheus").text()).contains("application=\"probe-service\"");
    }
}
