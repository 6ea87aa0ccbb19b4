package dev.waybill.platform;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ArgumentsTest {

    @Test
    void optionsMayStandBeforeAndAfterTheName() {
        for (var words : List.of(List.of("kafka", "--for", "5"), List.of("--for=5", "kafka"))) {
            var arguments = new Arguments("kill", words);

            assertThat(arguments.number("--for", 10, 0, 100)).isEqualTo(5);
            assertThat(arguments.name("a NAME")).isEqualTo("kafka");
            arguments.nothingElse();
        }
    }

    @Test
    void absentOptionsHaveTheirDefault() {
        var arguments = new Arguments("kill", List.of("kafka"));

        assertThat(arguments.number("--for", 10, 0, 100)).isEqualTo(10);
        assertThat(arguments.flag("--follow")).isFalse();
        assertThat(arguments.option("--sku")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten", "-1", "101", "", "1.5", "99999999999"})
    void numberOutOfItsBoundsIsRefused(String text) {
        var arguments = new Arguments("kill", List.of("--for=" + text));

        assertThatThrownBy(() -> arguments.number("--for", 10, 0, 100)).isInstanceOf(UsageFailure.class)
                .hasMessageContaining("from 0 to 100");
    }

    @Test
    void optionWithoutItsValueIsRefused() {
        assertThatThrownBy(() -> new Arguments("order", List.of("--sku", "--quantity", "1")).option("--sku"))
                .isInstanceOf(UsageFailure.class).hasMessage("--sku needs a value.");
    }

    @Test
    void whatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> new Arguments("stop", List.of("--now")).nothingElse())
                .isInstanceOf(UsageFailure.class).hasMessage("./demo stop does not know '--now'.");
    }

    @Test
    void missingNameIsRefused() {
        assertThatThrownBy(() -> new Arguments("kill", List.of()).name("the NAME of a process"))
                .isInstanceOf(UsageFailure.class).hasMessage("./demo kill needs the NAME of a process.");
    }
}
