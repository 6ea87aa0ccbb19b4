package dev.waybill.defaults.paging;

import dev.waybill.defaults.problems.Problem;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CursorsTest {

    private final Cursors cursors = new Cursors("a key");

    @Test
    void positionSurvives() {
        Moment moment = new Moment(Instant.parse("2026-11-21T14:00:00.123456Z"), UUID.randomUUID());

        String cursor = cursors.encode("/orders?", moment.toString());

        assertThat(Moment.parse(cursors.decode("/orders?", cursor))).isEqualTo(moment);
        assertThat(cursor).matches("[A-Za-z0-9_-]+").doesNotContain("2026");
    }

    @Test
    void cursorSignedWithAnotherKeyIsRefused() {
        String foreign = new Cursors("another key").encode("/orders?", "1");

        assertThatExceptionOfType(Problem.class).isThrownBy(() -> cursors.decode("/orders?", foreign));
    }

    @Test
    void cursorOfAnotherListIsRefused() {
        String foreign = cursors.encode("/orders?", "1");

        assertThatExceptionOfType(Problem.class).isThrownBy(() -> cursors.decode("/orders?status=PENDING", foreign));
    }

    @Test
    void momentCountsInMicrosecondsAsTheDatabaseDoes() {
        Moment moment = new Moment(Instant.parse("2026-11-21T14:00:00.123456789Z"), UUID.randomUUID());

        assertThat(moment.at()).isEqualTo("2026-11-21T14:00:00.123456Z");
    }

    @Test
    void momentIsNothingElse() {
        for (String text : new String[]{"", "_", "x_y", "2026-11-21T14:00:00Z", "2026-11-21T14:00:00Z_7_8"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Moment.parse(text));
        }
    }
}
