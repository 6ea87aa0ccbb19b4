package dev.waybill.probe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class LogFormatTest {

    private static final String FORMAT = "logging.structured.format.console";
    private static final String ORDER = "0198a1b2-0000-7000-8000-000000000001";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Map<String, String> FIELDS = Map.of("waybill.order.id", ORDER, "waybill.order.number",
            "W-100042", "waybill.saga.id", "saga", "waybill.message.id", "message", "traceId", TRACE, "spanId",
            "b7ad6b7169203331");

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer());
    private final LoggerContext logging = new LoggerContext();

    @Test
    void logsAreForPeopleUnlessAskedForOtherwise() {
        service.run(context -> assertThat(context.getEnvironment().getProperty(FORMAT)).isNull());
    }

    @Test
    void logsAreForMachinesWithTheProfile() {
        service.withPropertyValues("spring.profiles.active=json-logs")
                .run(context -> assertThat(context.getEnvironment().getProperty(FORMAT)).isEqualTo("ecs"));
    }

    @Test
    void aLineForMachinesHasOrderSagaMessageAndTraceAsFields() {
        service.withPropertyValues("spring.profiles.active=json-logs").run(context -> {
            JsonNode line = json(context.getEnvironment(), FIELDS);
            assertThat(line.path("message").asString()).isEqualTo("done");
            JsonNode waybill = line.path("waybill");
            assertThat(waybill.path("order").path("id").asString()).isEqualTo(ORDER);
            assertThat(waybill.path("order").path("number").asString()).isEqualTo("W-100042");
            assertThat(waybill.path("saga").path("id").asString()).isEqualTo("saga");
            assertThat(waybill.path("message").path("id").asString()).isEqualTo("message");
            assertThat(line.path("trace.id").asString()).isEqualTo(TRACE);
            assertThat(line.path("span.id").asString()).isEqualTo("b7ad6b7169203331");
            assertThat(line.has("traceId")).isFalse();
        });
    }

    @Test
    void aLineForPeopleNamesOrderAndTraceIfThereIsOne() {
        service.run(context -> {
            assertThat(text(context.getEnvironment(), FIELDS))
                    .isEqualTo("[W-100042 %s %s] done".formatted(ORDER, TRACE));
            assertThat(text(context.getEnvironment(), Map.of("waybill.order.id", ORDER)))
                    .isEqualTo("[ %s ] done".formatted(ORDER));
            assertThat(text(context.getEnvironment(), Map.of())).isEqualTo("done");
        });
    }

    private JsonNode json(Environment environment, Map<String, String> fields) {
        logging.putObject(Environment.class.getName(), environment);
        var encoder = new StructuredLogEncoder();
        encoder.setContext(logging);
        encoder.setFormat("ecs");
        encoder.start();
        return JsonMapper.shared().readTree(encoder.encode(event(fields)));
    }

    private String text(Environment environment, Map<String, String> fields) {
        var layout = new PatternLayout();
        layout.setContext(logging);
        layout.setPattern(environment.getRequiredProperty("logging.pattern.correlation") + "%m");
        layout.start();
        return layout.doLayout(event(fields));
    }

    private LoggingEvent event(Map<String, String> fields) {
        var event = new LoggingEvent("", logging.getLogger("test"), Level.INFO, "done", null, null);
        event.setMDCPropertyMap(new HashMap<>(fields));
        return event;
    }
}
