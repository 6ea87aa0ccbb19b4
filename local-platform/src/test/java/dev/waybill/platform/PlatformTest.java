package dev.waybill.platform;

import dev.waybill.platform.process.Part;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

class PlatformTest {

    @Test
    void everyProcessHasItsFixedPort() {
        assertThat(portsOf(platform(Map.of()))).isEqualTo(Map.of("order-service", 8081, "inventory-service", 8082,
                "payment-service", 8083, "shipping-service", 8084, "saga-orchestrator", 8085,
                "notification-service", 8086, "operations-console", 8080, "simulators", 8090, "postgres", 15432,
                "kafka", 19092));
        assertThat(allPorts(platform(Map.of()))).as("the mailbox's").contains(1025);
    }

    @Test
    void offsetMovesEveryPort() {
        Platform usual = platform(Map.of());
        Platform moved = platform(Map.of("WAYBILL_PORT_OFFSET", "1000"));

        assertThat(portsOf(moved)).isEqualTo(
                portsOf(usual).entrySet().stream().collect(toMap(Map.Entry::getKey, entry -> entry.getValue() + 1000)));
        assertThat(allPorts(moved)).doesNotContainAnyElementsOf(allPorts(usual)).doesNotHaveDuplicates();
    }

    @Test
    void movedPlatformNamesNothingOfTheUsualOne() {
        Platform moved = platform(Map.of("WAYBILL_PORT_OFFSET", "1000", "WAYBILL_DATA_DIR", "/elsewhere"));
        List<String> usualPorts = allPorts(platform(Map.of())).stream().map(String::valueOf).toList();

        for (Part part : moved.parts()) {
            List<String> said = Stream.concat(part.command().stream(), part.environment().values().stream()).toList();
            for (String word : said) {
                assertThat(List.of(word.split("[^0-9]+", -1))).doesNotContainAnyElementsOf(usualPorts);
                assertThat(word).doesNotContain(".demo");
            }
        }
    }

    @Test
    void serviceHasADatabaseOfItsOwn() {
        List<String> urls = platform(Map.of()).applications().stream()
                .map(application -> application.environment().get("SPRING_DATASOURCE_URL"))
                .filter(url -> url != null).toList();

        assertThat(urls).hasSize(7).doesNotHaveDuplicates().contains("jdbc:postgresql://127.0.0.1:15432/payments");
    }

    @Test
    void servicesSendTheirSpansToThisPlatformsConsole() {
        assertThat(tracesTo(Map.of("WAYBILL_PORT_OFFSET", "1000")))
                .hasSize(7).containsOnly("http://127.0.0.1:9080/v1/traces");
    }

    @Test
    void orWhereTheyAreTold() {
        String elsewhere = "http://traces.example.com:4318/v1/traces";
        assertThat(tracesTo(Map.of(Settings.TRACES_TO, elsewhere))).hasSize(7).containsOnly(elsewhere);
    }

    /** A service does not start with one. */
    @Test
    void anEmptyAddressOfTracesIsNotPassedOn() {
        assertThat(tracesTo(Map.of(Settings.TRACES_TO, " "))).hasSize(7)
                .containsOnly("http://127.0.0.1:8080/v1/traces");
    }

    /** Its pages are asked for all the time, and would stand among an order's traces. */
    @Test
    void theConsoleBeginsNoTraces() {
        assertThat(platform(Map.of()).applications())
                .filteredOn(part -> "0".equals(part.environment().get("MANAGEMENT_TRACING_SAMPLING_PROBABILITY")))
                .extracting(Part::name).containsExactly("operations-console");
    }

    @Test
    void serversStopAfterWhatUsesThem() {
        Map<String, Integer> stages = platform(Map.of()).parts().stream()
                .collect(toMap(Part::name, part -> part.stopRule().stage()));

        assertThat(stages.get("order-service")).isLessThan(stages.get("simulators"));
        assertThat(stages.get("simulators")).isLessThan(stages.get("kafka"));
        assertThat(stages.get("kafka")).isLessThan(stages.get("postgres"));
    }

    @Test
    void optionsFromOutsideComeLastSoThatTheyWin() {
        Part order = platform(Map.of("WAYBILL_JAVA_OPTS", "-Xmx1g -Dx=y")).parts().stream()
                .filter(part -> part.name().equals("order-service")).findFirst().orElseThrow();

        assertThat(order.command()).containsSubsequence("-Xmx192m", "-Xmx1g", "-Dx=y", "-jar");
    }

    @Test
    void theConsoleHasASmallerHeapThanTheServices() {
        Part console = platform(Map.of("WAYBILL_JAVA_OPTS", "-Xmx1g")).parts().stream()
                .filter(part -> part.name().equals("operations-console")).findFirst().orElseThrow();

        assertThat(console.command()).containsSubsequence("-Xmx192m", "-Xmx104m", "-Xmn20m", "-Xmx1g", "-jar");
    }

    private static Platform platform(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of("WAYBILL_HOME", "/repository"));
        all.putAll(environment);
        return new Platform(Settings.from(all));
    }

    private static List<String> tracesTo(Map<String, String> environment) {
        return platform(environment).applications().stream()
                .flatMap(application -> Stream.ofNullable(application.environment().get(Settings.TRACES_TO))).toList();
    }

    private static Map<String, Integer> portsOf(Platform platform) {
        return platform.parts().stream().collect(toMap(Part::name, Part::port));
    }

    private static List<Integer> allPorts(Platform platform) {
        return platform.parts().stream().flatMap(part -> part.ports().stream()).toList();
    }
}
