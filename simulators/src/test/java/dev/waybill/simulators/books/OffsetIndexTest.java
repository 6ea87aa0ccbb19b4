package dev.waybill.simulators.books;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OffsetIndexTest {

    private final OffsetIndex index = new OffsetIndex();

    @Test
    void everyLineIsFoundInItsOrderHoweverManyThereAre() {
        var random = new Random(20261121);
        Map<String, List<Long>> expected = new HashMap<>();
        for (long line = 0; line < 100_000; line++) {
            String text = "order-" + random.nextInt(40_000);
            index.add(text, line * 300);
            expected.computeIfAbsent(text, key -> new ArrayList<>()).add(line * 300);
        }

        long strangers = 0;
        for (Map.Entry<String, List<Long>> entry : expected.entrySet()) {
            List<Long> found = index.find(entry.getKey()).boxed().toList();
            assertThat(found).isSorted().containsAll(entry.getValue());
            strangers += found.size() - entry.getValue().size();
        }
        assertThat(strangers).as("lines about something else").isLessThan(10);
    }

    @Test
    void lineAtTheVeryBeginningAndAtTheVeryEndIsFound() {
        index.add("first", 0);
        index.add("last", OffsetIndex.LONGEST_BOOK - 1);

        assertThat(index.find("first").toArray()).containsExactly(0);
        assertThat(index.find("last").toArray()).containsExactly(OffsetIndex.LONGEST_BOOK - 1);
        assertThat(index.find("other").toArray()).isEmpty();
    }

    @Test
    void bookThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> index.add("beyond", OffsetIndex.LONGEST_BOOK))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
