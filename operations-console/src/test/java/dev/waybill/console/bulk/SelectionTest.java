package dev.waybill.console.bulk;

import dev.waybill.console.bulk.Selection.Answer;
import dev.waybill.console.bulk.Selection.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be asked of a selection, and when. */
class SelectionTest {

    @Test
    void itIsStartedByWhoeverNamesItsCount() {
        assertThat(in(State.FROZEN).start(" 40 ")).isEqualTo(new Answer.Changed(State.RUNNING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "41", "4", "040", "yes", "40.0"})
    void anythingElseStartsNothing(String typed) {
        assertThat(in(State.FROZEN).start(typed)).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void anEmptyOneIsNotStarted() {
        assertThat(selection(State.FROZEN, 0).start("0")).isInstanceOf(Answer.Refused.class);
    }

    @ParameterizedTest
    @EnumSource(value = State.class, names = "FROZEN", mode = EnumSource.Mode.EXCLUDE)
    void itIsStartedOnce(State state) {
        assertThat(in(state).start("40")).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void whatRunsOrPausesCanBeStoppedAndWhatStandsStillCanGoOn() {
        assertThat(in(State.RUNNING).stop()).isEqualTo(new Answer.Changed(State.STOPPED));
        assertThat(in(State.PAUSED).stop()).isEqualTo(new Answer.Changed(State.STOPPED));
        assertThat(in(State.STOPPED).resume()).isEqualTo(new Answer.Changed(State.RUNNING));
        assertThat(in(State.PAUSED).resume()).isEqualTo(new Answer.Changed(State.RUNNING));
        assertThat(in(State.RUNNING).resume()).isInstanceOf(Answer.Refused.class);
    }

    @ParameterizedTest
    @EnumSource(value = State.class, names = {"FROZEN", "DONE"})
    void whatHasNotBegunOrIsOverIsNeitherStoppedNorResumed(State state) {
        assertThat(in(state).stop()).isInstanceOf(Answer.Refused.class);
        assertThat(in(state).resume()).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void anItemThatIsGoneAfterAnAttemptWithoutEndIsUnclearAndOtherwisePassedOver() {
        var gone = new BulkResult.PassedOver("It is gone.");
        assertThat(Step.after(gone, false)).isEqualTo(new Step.Ended(ItemOutcome.PASSED_OVER, "It is gone."));
        assertThat(Step.after(gone, true)).isInstanceOfSatisfying(Step.Ended.class,
                ended -> assertThat(ended.outcome()).isEqualTo(ItemOutcome.UNCLEAR));
    }

    @Test
    void aSilentServiceSaysNothingAboutTheItem() {
        assertThat(Step.after(new BulkResult.Silent("away", false), false)).isEqualTo(new Step.Pause("away", false));
        assertThat(Step.after(new BulkResult.Silent("away", true), false)).isEqualTo(new Step.Pause("away", true));
        assertThat(Step.after(new BulkResult.Silent("away", false), true)).isEqualTo(new Step.Pause("away", true));
    }

    private static Selection in(State state) {
        return selection(state, 40);
    }

    private static Selection selection(State state, int items) {
        return new Selection(UUID.randomUUID(), "act", "everything", "because", items, 10, "ada",
                Instant.parse("2026-11-21T14:00:00Z"), state, null, null, null);
    }
}
