package dev.waybill.console.bulk;

import dev.waybill.console.bulk.Selection.State;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.who.Who;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Workers on one database, with an act that remembers what it was asked for, and a clock of their own. */
abstract class WorkerFixture {

    protected static final Duration LEASE = Duration.ofSeconds(60);
    protected static final Who ADA = new Who("ada");

    protected final SteppedClock clock = new SteppedClock();
    protected final RecordingAct act = new RecordingAct();
    protected final BulkActs acts = new BulkActs(List.of(act));
    protected final BulkSettings settings = settings(LEASE);

    @Autowired
    protected Selections selections;

    @Autowired
    protected Items items;

    @Autowired
    protected Journal journal;

    @Autowired
    protected JdbcClient database;

    @AfterEach
    void clear() {
        database.sql("delete from bulk_selection").update();
    }

    protected static BulkSettings settings(Duration lease) {
        return new BulkSettings(10, 100, 1_000, 20_000, Duration.ofSeconds(10), lease);
    }

    protected BulkWorker worker() {
        return new BulkWorker(selections, items, acts, settings, journal, clock);
    }

    /** At 10 a second each of them is good for two items. */
    protected void turns(BulkWorker worker, int turns) {
        for (int turn = 0; turn < turns; turn++) {
            worker.work();
            clock.goOn(Duration.ofMillis(200));
        }
    }

    protected UUID running(String... labels) {
        return start(frozen(labels));
    }

    protected UUID start(UUID id) {
        String count = Integer.toString(selections.find(id).orElseThrow().items());
        var answer = new SeeingToSelections(selections, settings, journal).start(id, count, 10, new Who("grace"));
        assertThat(answer).contains(new Selection.Answer.Changed(State.RUNNING));
        return id;
    }

    protected UUID frozen(String... labels) {
        return freeze(Stream.of(labels).map(label -> item(label, label)).toList());
    }

    protected UUID freeze(List<BulkItem> chosen) {
        return new Freezing(selections, items, acts, settings, journal, clock).freeze(
                new Draft(act.name(), "everything", new BulkOrder(ADA, "because"), chosen, List.of()));
    }

    protected static BulkItem item(String label, String queue) {
        return new BulkItem("payment-service", UUID.randomUUID().toString(), queue, 1, label);
    }

    protected static String[] labels(int count) {
        return IntStream.range(0, count).mapToObj("item %03d"::formatted).toArray(String[]::new);
    }

    protected State state(UUID id) {
        return selections.find(id).orElseThrow().state();
    }

    protected record Seen(@Nullable ItemOutcome outcome, @Nullable String said) {}

    protected List<Seen> stored(UUID id) {
        return database.sql("select outcome, said from bulk_item where selection = ? order by position").param(id)
                .query((row, n) -> new Seen(Optional.ofNullable(row.getString("outcome")).map(ItemOutcome::valueOf)
                        .orElse(null), row.getString("said")))
                .list();
    }
}
