package dev.waybill.console.bulk;

import dev.waybill.console.journal.About;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.journal.Outcome;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Writes a selection down as it is at this moment, whole or not at all. Nothing is done to its items before somebody has seen it
 * and named its count. A page that wants a bulk act drafts the selection, calls this, and sends the browser to
 * {@code About.selection(id).page()}.
 */
@Service
public class Freezing {

    private final Selections selections;
    private final Items items;
    private final BulkActs acts;
    private final BulkSettings settings;
    private final Journal journal;
    private final Clock clock;

    Freezing(Selections selections, Items items, BulkActs acts, BulkSettings settings, Journal journal, Clock clock) {
        this.selections = selections;
        this.items = items;
        this.acts = acts;
        this.settings = settings;
        this.journal = journal;
        this.clock = clock;
    }

    /** As many as go into one selection. */
    public int most() {
        return settings.most();
    }

    /** To be begun when a selection is, and used for all that is read for it. */
    public Sifting sifting() {
        return new Sifting(settings.mostRead(), settings.looksFor());
    }

    /** @return the selection's id */
    @Transactional
    public UUID freeze(Draft draft) {
        if (draft.items().size() > settings.most() || acts.find(draft.act()).isEmpty()) {
            throw new IllegalArgumentException("%d items for %s".formatted(draft.items().size(), draft.act()));
        }
        UUID id = UUID.randomUUID();
        selections.add(id, draft, settings.rate(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        items.add(id, draft.items());
        items.addLeftOut(id, draft.leftOut());
        UUID entry = journal.record(draft.order().who(), "freeze a selection: " + acts.title(draft.act()),
                About.selection(id), draft.order().reason());
        journal.end(entry, Outcome.DONE, "%d items; %s".formatted(draft.items().size(), draft.filter()));
        return id;
    }
}
