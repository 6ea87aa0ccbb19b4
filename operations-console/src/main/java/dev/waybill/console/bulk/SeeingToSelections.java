package dev.waybill.console.bulk;

import dev.waybill.console.bulk.Selection.Answer;
import dev.waybill.console.journal.About;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.journal.Outcome;
import dev.waybill.console.who.Who;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What a person decides about a frozen selection: to start, to stop, to go on. Each is journaled. */
@Service
class SeeingToSelections {

    private final Selections selections;
    private final BulkSettings settings;
    private final Journal journal;

    SeeingToSelections(Selections selections, BulkSettings settings, Journal journal) {
        this.selections = selections;
        this.settings = settings;
        this.journal = journal;
    }

    /**
     * Nothing where there is no such selection.
     *
     * @param typed the count as it was typed
     */
    Optional<Answer> start(UUID id, String typed, int rate, Who who) {
        if (rate < 1 || rate > settings.highest()) {
            return Optional.of(new Answer.Refused(
                    "The rate has to be from 1 to %d items a second. Nothing was started."
                            .formatted(settings.highest())));
        }
        return change(id, "start a selection", who, rate, selection -> selection.start(typed));
    }

    Optional<Answer> stop(UUID id, Who who) {
        return change(id, "stop a selection", who, null, Selection::stop);
    }

    Optional<Answer> resume(UUID id, Who who) {
        return change(id, "resume a selection", who, null, Selection::resume);
    }

    private Optional<Answer> change(
            UUID id, String what, Who who, @Nullable Integer rate, Function<Selection, Answer> decision) {
        return selections.find(id).map(selection -> switch (decision.apply(selection)) {
            case Answer.Refused no -> no;
            case Answer.Changed changed -> {
                UUID entry = journal.record(who, what, About.selection(id), selection.reason());
                boolean first = selections.change(selection, changed.state(), who.name(), rate);
                journal.end(entry, first ? Outcome.DONE : Outcome.REFUSED, "%d items".formatted(selection.items()));
                yield first ? changed : new Answer.Refused("Somebody else was faster: look at it again.");
            }
        });
    }
}
