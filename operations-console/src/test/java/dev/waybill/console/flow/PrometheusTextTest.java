package dev.waybill.console.flow;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What services give as their metrics is read to the letter, or not at all. */
class PrometheusTextTest {

    private static List<Sample> read(String text) {
        List<Sample> samples = new ArrayList<>();
        try {
            PrometheusText.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 10_000,
                    name -> !name.equals("unwanted"), samples::add);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return samples;
    }

    @Test
    void aNameItsLabelsAndItsValueAreReadAndWhatIsForPeopleIsNot() {
        assertThat(read("""
                # HELP saga_active Sagas that have not finished, by step
                # TYPE saga_active gauge
                saga_active{application="saga-orchestrator",step="book shipment"} 30.0

                   # indented
                saga_stuck 2
                \tjob:rate5m { a = "1" , } 1.5e-3 1795318658174\t
                """)).containsExactly(
                new Sample("saga_active",
                        Map.of("application", "saga-orchestrator", "step", "book shipment"), 30),
                new Sample("saga_stuck", Map.of(), 2),
                new Sample("job:rate5m", Map.of("a", "1"), 0.0015));
    }

    @Test
    void whatIsEscapedInALabelIsWhatItWas() {
        assertThat(read("a{b=\"C:\\\\DIR \\\"x\\\" {,} = \\n ü\"} 1")).singleElement()
                .extracting(sample -> sample.label("b")).isEqualTo("C:\\DIR \"x\" {,} = \n ü");
    }

    @Test
    void infinitiesAndWhatIsNoNumberAreValues() {
        assertThat(read("a +Inf\na -Inf\na NaN\na -.5\na 7.\na 2E+2")).extracting(Sample::value).containsExactly(
                Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, -0.5, 7.0, 200.0);
    }

    @Test
    void aLabelThatIsNotThereIsEmpty() {
        assertThat(read("a{b=\"1\"} 1").getFirst().label("c")).isEmpty();
    }

    @Test
    void linesThatNobodyWantsArePassedOver() {
        assertThat(read("unwanted{this is not read\nwanted 1")).extracting(Sample::name).containsExactly("wanted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a{} ", "a 1 2 3", "a 1 soon", "a 1d", "a 0x1p3", "a Infinity", "a 1,5", "1a 1",
            "a{b} 1", "a{b=1} 1", "a{b=\"1} 1", "a{b=\"1\"c=\"2\"} 1", "a{b=\"1\",,} 1", "a{b=\"\\x\"} 1", "a{b=\"1\"",
            "a{b=\"1\",b=\"2\"} 1", "a{b:c=\"1\"} 1", "{\"status\":\"UP\"}", "<html>", "a{b=\"1\\"})
    void whatIsNotThisFormatIsNotReadAtAll(String line) {
        assertThatThrownBy(() -> read("b 1\n" + line)).isInstanceOf(UnreadableMetricsException.class);
    }

    @Test
    void whatHasNoEndIsNotReadToItsEnd() {
        var endless = new InputStream() {

            private long given;

            @Override
            public int read() {
                given++;
                return 'x';
            }

            @Override
            public int read(byte[] into, int from, int length) {
                Arrays.fill(into, from, from + length, (byte) 'x');
                given += length;
                return length;
            }
        };

        assertThatThrownBy(() -> PrometheusText.read(endless, 100_000, name -> true, sample -> {}))
                .isInstanceOf(UnreadableMetricsException.class).hasMessage("More than is read");
        assertThat(endless.given).isLessThan(200_000);
    }
}
