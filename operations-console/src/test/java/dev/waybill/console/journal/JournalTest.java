package dev.waybill.console.journal;

import dev.waybill.console.PageFixture;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Answer.Answered;
import dev.waybill.console.services.Answer.Refused;
import dev.waybill.console.services.Answer.Silent;
import dev.waybill.console.who.Who;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.HtmlUtils;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What operators did can be read afterwards, whatever came of it. */
class JournalTest extends PageFixture {

    private static final Who ADA = new Who("ada <b>");

    private final About saga = About.saga(UUID.randomUUID());

    @Autowired
    private Journal journal;
    @Autowired
    private JdbcClient database;

    @BeforeEach
    void empty() {
        database.sql("delete from journal").update();
    }

    private Entry entry() {
        return journal.about(saga).getFirst();
    }

    @Test
    void theIntentIsWrittenBeforeTheActAndTheOutcomeAfterIt() {
        journal.record(ADA, "retry", saga, "It hangs", () -> {
            assertThat(entry().outcome()).isNull();
            return new Answered<>("done");
        });

        assertThat(entry().outcome()).isEqualTo(Outcome.DONE);
        assertThat(entry().endedAt()).isNotNull();
    }

    @Test
    void whatIsCutOffInBetweenStaysOpen() {
        assertThatThrownBy(() -> journal.<String>record(ADA, "retry", saga, "It hangs", () -> {
            throw new IllegalStateException("The console dies here");
        })).isInstanceOf(IllegalStateException.class);

        assertThat(entry().outcome()).isNull();
        assertThat(page(HttpStatus.OK, "/journal")).contains("<span class=\"trouble\">open</span>");
    }

    @Test
    void eachAnswerIsAnOutcome() {
        assertThat(outcomeOf(new Refused<>("s", 409, "No", "Not now"))).isEqualTo(Outcome.REFUSED);
        assertThat(entry().detail()).isEqualTo("No: Not now");
        assertThat(outcomeOf(new Silent<>("s", true, "has not answered in time"))).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcomeOf(new Silent<>("s", false, "cannot be reached"))).isEqualTo(Outcome.REFUSED);
    }

    private Outcome outcomeOf(Answer<String> answer) {
        journal.record(ADA, "retry", saga, "It hangs", () -> answer);
        return Objects.requireNonNull(entry().outcome());
    }

    @Test
    void whatIsEndedStaysAsItIs() {
        UUID entry = journal.record(ADA, "replay 7 messages", saga, "Mended");
        journal.end(entry, Outcome.DONE, "7 replayed");
        journal.end(entry, Outcome.REFUSED, "x".repeat(5_000));

        assertThat(entry().outcome()).isEqualTo(Outcome.DONE);
        assertThat(entry().detail()).isEqualTo("7 replayed");
    }

    @Test
    void whatWasDoneAboutAnOrderIsFoundByItNewestFirst() {
        UUID other = UUID.randomUUID();
        journal.record(ADA, "cancel", About.order(order), "first");
        journal.record(ADA, "retry", saga.of(order), "second");
        journal.record(ADA, "replay", About.message("payment-service", UUID.randomUUID()).of(order), "third");
        journal.record(ADA, "retry", saga.of(other), "of another");
        journal.record(ADA, "retry", saga, "of none that is known");

        assertThat(journal.ofOrder(order).found()).extracting(Entry::reason)
                .containsExactly("third", "second", "first");
        assertThat(journal.ofOrder(order).found()).extracting(Entry::about).contains(saga.of(order));
    }

    @Test
    void thePageBeginsWithTheNewestAndGoesOnWhereItEnded() {
        assertThat(page(HttpStatus.OK, "/journal")).contains("Nobody has done anything yet.");
        for (int i = 100; i < 125; i++) {
            journal.record(ADA, "retry", saga, "reason-" + i);
        }

        String first = page(HttpStatus.OK, "/journal");
        String next = HtmlUtils.htmlUnescape(found("rel=\"next\" href=\"([^\"]*)\"", first).getFirst());
        String second = page(HttpStatus.OK, next);

        List<String> reasons = found("(reason-\\d+)", first + second);
        assertThat(reasons).hasSize(25).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(second).doesNotContain("rel=\"next\"");
        assertThat(page(HttpStatus.BAD_REQUEST, "/journal?cursor=made-up")).contains("The cursor is not valid");
    }

    @Test
    void whatPeopleWriteIsText() {
        journal.record(ADA, "discard", About.message("order-service", UUID.randomUUID()), "<script>alert(1)</script>");

        assertThat(page(HttpStatus.OK, "/journal")).contains("ada &lt;b&gt;", "&lt;script&gt;alert(1)",
                "href=\"/parked/order-service/");
    }
}
