package dev.waybill.console.traces;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

/** In production a collector decides which traces are kept; by the same rule as the console, whose memory is the small one. */
class CollectorKeepsTheSameTest {

    private static final String TAIL_SAMPLING = "tail_sampling";

    private static Map<String, Object> collector = Map.of();

    @BeforeAll
    static void read() throws IOException {
        collector = yaml(Path.of("..", "observability", "collector", "collector.yml"));
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        new Yaml().loadAll(Files.readString(file)).forEach(document -> all.putAll(map(document)));
        return all;
    }

    @Test
    void everyTraceWithAnErrorIsKept() {
        assertThat(at(policy("status_code"), "status_code").get("status_codes")).isEqualTo(List.of("ERROR"));
    }

    @Test
    void aTraceThatIsSlowForTheConsoleIsKept() throws IOException {
        Map<String, Object> console = at(at(yaml(Path.of("src", "main", "resources", "application.yml")),
                "waybill.console"), "traces");

        assertThat(text(at(policy("latency"), "latency"), "threshold_ms") + "ms").isEqualTo(
                text(console, "slow").replace("s", "000ms"));
    }

    @Test
    void whatIsNamedInThePipelineIsThereAndTheOtherWayRound() {
        Map<String, Object> pipeline = at(at(at(collector, "service"), "pipelines"), "traces");
        for (String kind : List.of("receivers", "processors", "exporters")) {
            assertThat((List<?>) Objects.requireNonNull(pipeline.get(kind))).as(kind)
                    .isEqualTo(List.copyOf(at(collector, kind).keySet()));
        }
        // Batches are made of what is kept, and memory is looked at before anything takes some.
        assertThat(at(collector, "processors").keySet()).containsExactly("memory_limiter", TAIL_SAMPLING, "batch");
    }

    @Test
    void aTraceIsNotForgottenBeforeItIsDecidedUpon() {
        Map<String, Object> sampling = at(at(collector, "processors"), TAIL_SAMPLING);
        int seconds = Integer.parseInt(text(sampling, "decision_wait").replace("s", ""));

        assertThat(Integer.parseInt(text(sampling, "num_traces")))
                .isGreaterThanOrEqualTo(seconds * Integer.parseInt(text(sampling, "expected_new_traces_per_sec")));
    }

    private static String text(Map<String, Object> map, String key) {
        return Objects.requireNonNull(map.get(key), key).toString();
    }

    private static Map<String, Object> policy(String type) {
        List<?> policies = (List<?>) Objects.requireNonNull(
                at(at(collector, "processors"), TAIL_SAMPLING).get("policies"));
        return policies.stream().map(CollectorKeepsTheSameTest::map)
                .filter(policy -> type.equals(policy.get("type"))).findFirst().orElseThrow();
    }

    private static Map<String, Object> at(Map<String, Object> map, String key) {
        return map(Objects.requireNonNull(map.get(key), key));
    }

    private static Map<String, Object> map(Object yaml) {
        return ((Map<?, ?>) yaml).entrySet().stream().collect(
                toMap(each -> each.getKey().toString(), Map.Entry::getValue, (one, _) -> one, LinkedHashMap::new));
    }
}
