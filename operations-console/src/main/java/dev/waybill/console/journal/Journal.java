package dev.waybill.console.journal;

import dev.waybill.console.services.Answer;
import dev.waybill.console.who.Who;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Everything that operators do is written here: the intent before it is done, so that nothing is ever done that is not written,
 * and the outcome afterwards. What is cut off in between stays open, and the page shows it as open.
 */
@Service
public class Journal {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int LONGEST_DETAIL = 1_000;
    private static final int NEWEST = 50;

    private final JournalEntries entries;
    private final Clock clock;

    Journal(JournalEntries entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
    }

    /**
     * Has one service do one thing, between the intent and the outcome. A refusal is an outcome; silence is one that is not
     * known, or none of it was done where the service was not even reached.
     *
     * @param what in words, as the journal shows it: {@code retry}, {@code discard}
     */
    public <T> Answer<T> record(Who who, String what, About about, String reason, Supplier<Answer<T>> act) {
        return record(who, what, about, reason, act, done -> "");
    }

    /** @param words what the service says that it has done, which may be less than what was wanted */
    public <T> Answer<T> record(Who who, String what, About about, String reason, Supplier<Answer<T>> act,
            Function<T, String> words) {
        UUID entry = record(who, what, about, reason);
        Answer<T> answer = act.get();
        switch (answer) {
            case Answer.Answered<T>(T done) -> end(entry, Outcome.DONE, words.apply(done));
            case Answer.Refused<T> no -> end(entry, Outcome.REFUSED, no.words());
            case Answer.Silent<T> silent ->
                end(entry, silent.reached() ? Outcome.UNKNOWN : Outcome.REFUSED, silent.words());
        }
        return answer;
    }

    /** The intent alone, of what is more than one call: to be ended by {@link #end}. */
    public UUID record(Who who, String what, About about, String reason) {
        UUID id = UUID.randomUUID();
        entries.add(id, clock.instant().truncatedTo(ChronoUnit.MICROS), who.name(), what, about, reason);
        return id;
    }

    /** What came of it. It is done by now, so a database that is away changes nothing but that the entry stays open. */
    public void end(UUID entry, Outcome outcome, String detail) {
        try {
            entries.end(entry, clock.instant(), outcome,
                    detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL)));
        } catch (DataAccessException e) {
            LOG.warn("The journal's entry {} stays open; what came of it: {}, {}", entry, outcome, detail, e);
        }
    }

    /** What was done about one thing, newest first. */
    public List<Entry> about(About about) {
        return entries.about(about, NEWEST);
    }

    /** What was done about one thing, newest first, for a page that is to be seen without it, too. */
    public Answer<List<Entry>> of(About about) {
        return read(() -> about(about));
    }

    /**
     * What was done about an order, its sagas and its parked messages, one by one or together with others; newest first. An order's page
     * is to be seen without it.
     */
    public Answer<List<Entry>> ofOrder(UUID order) {
        return read(() -> entries.ofOrder(order, NEWEST));
    }

    private static Answer<List<Entry>> read(Supplier<List<Entry>> what) {
        try {
            return new Answer.Answered<>(what.get());
        } catch (DataAccessException e) {
            LOG.warn("The journal cannot be read: {}", e.getMessage());
            return new Answer.Silent<>("The console's journal", true, "cannot be read at the moment");
        }
    }
}
