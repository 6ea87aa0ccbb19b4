package dev.waybill.benchmarks;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OptionsTest {

    @Test
    void whatIsNotSaidIsAsUsual() {
        var options = new Options(List.of("--rounds", "5"), Set.of("rounds", "rates"));

        assertThat(options.number("rounds", 3)).isEqualTo(5);
        assertThat(options.numbers("rates", "20,100")).containsExactly(20, 100);
    }

    @Test
    void aWordThatIsNotUnderstoodIsNamed() {
        assertThatThrownBy(() -> new Options(List.of("--round", "5"), Set.of("rounds")))
                .hasMessageContaining("--round");
        assertThatThrownBy(() -> new Options(List.of("--rounds", "many"), Set.of("rounds")))
                .hasMessageContaining("--rounds needs a number");
        assertThatThrownBy(() -> new Options(List.of("--rounds"), Set.of("rounds")))
                .hasMessageContaining("--rounds needs a number");
    }
}
