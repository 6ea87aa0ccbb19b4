package dev.waybill.system.observability;

import dev.waybill.system.driver.SpanOfAnOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Whoever follows a link to traces finds some: it asks for spans that the platform leaves, by the names that they have. */
class TraceLinksTest {

    private static final Pattern PANES = Pattern.compile("[?&]panes=([^&]*)");
    private static final Pattern IN_A_RUNBOOK = Pattern.compile("`(\\{ [^`]* })`");

    static Stream<TraceQuery> queries() throws IOException {
        Stream<String> linked = Dashboards.read().all().stream().map(Dashboards.Dashboard::json)
                .flatMap(json -> json.findValues("url").stream()).map(JsonNode::asString)
                .flatMap(url -> PANES.matcher(url).results())
                .map(panes -> JsonMapper.shared().readTree(URLDecoder.decode(panes.group(1), UTF_8)))
                .flatMap(panes -> panes.findValues("query").stream()).map(JsonNode::asString);
        Stream<String> written = IN_A_RUNBOOK.matcher(Files.readString(Path.of("..", "docs", "operating.md"))).results()
                .map(query -> query.group(1));
        return Stream.concat(linked, written).distinct().map(TraceQuery::new);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void whatALinkAsksForIsThere(TraceQuery query) {
        assertThat(SpanOfAnOrder.ALL).anyMatch(query::finds);
        assertThat(query.isOfAnySpanThatIsSlow()).as("traceDuration is meant").isFalse();
    }

    @Test
    void allLinksAreRead() throws IOException {
        List<String> read = queries().map(TraceQuery::text).toList();
        assertThat(read).hasSizeGreaterThan(8).anyMatch(query -> query.contains("traceDuration"))
                .anyMatch(query -> query.contains("${service}"))
                .anyMatch(query -> query.contains("name = \"POST /orders\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            { name = "http post /orders" }                                    | false
            { name = "POST /orders" && duration > 1s }                        | true
            { resource.service.name = "saga-orchestrator" && kind = server }  | false
            { kind = consumer && name !~ "process .*" }                       | true
            { kind = producer && name !~ "send .*" }                          | false
            """)
    void aQueryFindsWhatAStoreWould(String query, boolean found) {
        assertThat(SpanOfAnOrder.ALL.stream().anyMatch(new TraceQuery(query)::finds)).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            { duration > 10s }                       | true
            { duration > 10s && status = error }     | true
            { duration > 1s && kind = consumer }     | false
            { traceDuration > 10s }                  | false
            """)
    void aSpanIsSlowOrATraceIs(String query, boolean anySpan) {
        assertThat(new TraceQuery(query).isOfAnySpanThatIsSlow()).isEqualTo(anySpan);
    }
}
