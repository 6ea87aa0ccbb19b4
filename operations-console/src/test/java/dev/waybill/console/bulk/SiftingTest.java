package dev.waybill.console.bulk;

import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Answer.Answered;
import dev.waybill.console.services.Answer.Refused;
import dev.waybill.console.services.Answer.Silent;
import dev.waybill.console.services.Listing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** How far a list is read for a selection. */
class SiftingTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<Integer> seen = new ArrayList<>();

    /** So many rows, ten on a page. */
    private static Function<@Nullable String, Answer<Listing<Integer>>> rows(int rows) {
        return cursor -> {
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            int to = Math.min(rows, from + 10);
            return new Answered<>(new Listing<>(IntStream.range(from, to).boxed().toList(),
                    to == rows ? null : Integer.toString(to)));
        };
    }

    @Test
    void aListIsReadToItsEnd() {
        assertThat(new Sifting(30, LONG).read(rows(25), seen::add)).isNull();
        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void oneThatEndsWithTheLastRowThatIsReadIsWhole() {
        assertThat(new Sifting(30, LONG).read(rows(30), seen::add)).isNull();
    }

    @Test
    void whereThereAreMoreItIsSaidAndNoMoreAreAskedFor() {
        assertThat(new Sifting(30, LONG).read(rows(31), seen::add)).contains("more than the 30", "narrow");
        assertThat(seen).hasSize(30);
    }

    @Test
    void whoHasEnoughIsShownNoMore() {
        assertThat(new Sifting(10, LONG).read(rows(1_000), row -> {
            seen.add(row);
            return seen.size() < 3;
        })).isNull();
        assertThat(seen).containsExactly(0, 1, 2);
    }

    @Test
    void whenTheTimeIsOverNothingMoreIsAskedFor() {
        var sifting = new Sifting(30, Duration.ZERO);
        assertThat(sifting.read(rows(25), seen::add)).contains("could not be read within", "narrow");
        assertThat(seen).isEmpty();
    }

    @Test
    void aServiceThatIsAwayOrRefusesIsNamed() {
        assertThat(new Sifting(30, LONG).<Integer>read(_ -> new Silent<>("payment-service", false, "cannot be reached"),
                seen::add)).isEqualTo("payment-service cannot be reached");
        assertThat(new Sifting(30, LONG).<Integer>read(_ -> new Refused<>("payment-service", 404, "No", ""), seen::add))
                .isEqualTo("No");
    }
}
