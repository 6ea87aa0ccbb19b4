package dev.waybill.console.journal;

import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Answer.Answered;
import dev.waybill.console.who.Who;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The console's database goes away around an act. */
class JournalWithoutDatabaseTest {

    private final AtomicInteger done = new AtomicInteger();

    private static final class Entries extends JournalEntries {

        private final boolean takesIntents;

        Entries(boolean takesIntents) {
            super(JdbcClient.create(new DriverManagerDataSource()));
            this.takesIntents = takesIntents;
        }

        @Override
        List<Entry> ofOrder(UUID order, int most) {
            throw new DataAccessResourceFailureException("away");
        }

        @Override
        List<Entry> about(About about, int most) {
            throw new DataAccessResourceFailureException("away");
        }

        @Override
        void add(UUID id, Instant at, String who, String what, About about, String reason) {
            if (!takesIntents) {
                throw new DataAccessResourceFailureException("away");
            }
        }

        @Override
        void end(UUID id, Instant at, Outcome outcome, String detail) {
            throw new DataAccessResourceFailureException("away");
        }
    }

    private Answer<Integer> act(Entries entries) {
        return new Journal(entries, Clock.systemUTC()).record(new Who("ada"), "retry", About.saga(UUID.randomUUID()),
                "It hangs", () -> new Answered<>(done.incrementAndGet()));
    }

    @Test
    void nothingIsDoneThatCannotBeWrittenDownBefore() {
        assertThatThrownBy(() -> act(new Entries(false))).isInstanceOf(DataAccessResourceFailureException.class);

        assertThat(done).hasValue(0);
    }

    @Test
    void whatWasDoneAboutAnOrderIsThenNotKnownAndThatIsAll() {
        Answer<List<Entry>> acts = new Journal(new Entries(true), Clock.systemUTC()).ofOrder(UUID.randomUUID());

        assertThat(acts.trouble()).isEqualTo("The console's journal cannot be read at the moment");
    }

    @Test
    void whatWasDoneAboutASagaIsThenNotKnownEither() {
        Answer<List<Entry>> acts = new Journal(new Entries(true), Clock.systemUTC()).of(About.saga(UUID.randomUUID()));

        assertThat(acts.trouble()).isEqualTo("The console's journal cannot be read at the moment");
    }

    @Test
    void whatIsDoneIsAnsweredThoughItsOutcomeCannotBeWrittenDown() {
        assertThat(act(new Entries(true))).isEqualTo(new Answered<>(1));
    }
}
