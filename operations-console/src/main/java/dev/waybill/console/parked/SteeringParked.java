package dev.waybill.console.parked;

import dev.waybill.console.journal.About;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.parked.ParkedMessage.Act;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Answer.Answered;
import dev.waybill.console.services.Answer.Silent;
import dev.waybill.console.services.Listing;
import dev.waybill.console.who.Who;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Has a service do something about a parked message as a person saw it. Nothing is asked for that is not in the journal first. Where no
 * answer is heard it is looked again: what was done stands in the message, or in the service's own journal of such acts.
 */
@Service
class SteeringParked {

    private final ParkedMessagesApi api;
    private final Journal journal;

    SteeringParked(ParkedMessagesApi api, Journal journal) {
        this.api = api;
        this.journal = journal;
    }

    /**
     * What was typed stands there.
     *
     * @param heard else it was found there afterwards
     */
    record Edited(boolean heard) {

        /** For the console's journal. */
        String words() {
            return heard ? "" : "No answer was heard; it stands there";
        }
    }

    Answer<Edited> edit(Target target, Typed typed, String why, Who who) {
        return journal.record(who, "edit", about(target, before(target)), why, () -> {
            Answer<ParkedMessage> answer = api.edit(target.service(), target.id(), typed.version(), typed.payload(),
                    why, who);
            boolean there = isUnheard(answer)
                    && api.get(target.service(), target.id()) instanceof Answered<ParkedMessage>(ParkedMessage newest)
                    && typed.standsIn(newest);
            return there ? new Answered<>(new Edited(false)) : answer.map(edited -> new Edited(true));
        }, Edited::words);
    }

    /** It changes nothing, whatever it is at. */
    Answer<DryRun> dryRun(Target target, Who who) {
        return journal.record(who, "dry run", about(target, before(target)), "",
                () -> api.dryRun(target.service(), target.id(), who), DryRun::words);
    }

    Answer<SeenTo> replay(Target target, long version, String why, Who who) {
        return seeTo(target, "replay", Set.of("HANDLED", "FAILED"), why, who,
                () -> api.replay(target.service(), target.id(), version, why, who));
    }

    Answer<SeenTo> discard(Target target, long version, String why, Who who) {
        return seeTo(target, "discard", Set.of("DISCARDED"), why, who,
                () -> api.discard(target.service(), target.id(), version, why, who));
    }

    /** @param kinds as which the service's journal has it */
    private Answer<SeenTo> seeTo(
            Target target, String what, Set<String> kinds, String why, Who who, Supplier<Answer<WorkedOff>> act) {
        ParkedMessage before = before(target);
        return journal.record(who, what, about(target, before), why, () -> {
            Answer<WorkedOff> answer = act.get();
            Optional<Act> found = before != null && isUnheard(answer)
                    ? newAct(target, before.acts(), kinds, why, who)
                    : Optional.empty();
            return found.<Answer<SeenTo>>map(line -> new Answered<>(SeenTo.found(line)))
                    .orElseGet(() -> answer.map(SeenTo::told));
        }, SeenTo::words);
    }

    /** That was not there before, for somebody may have wanted the same for the same reason already. */
    private Optional<Act> newAct(Target target, List<Act> before, Set<String> kinds, String why, Who who) {
        Listing<Act> now = api.acts(target.service(), target.id()).found();
        return now == null
                ? Optional.empty()
                : now.items().stream().filter(act -> kinds.contains(act.kind()) && act.who().equals(who.name())
                        && why.equals(act.why()) && !before.contains(act)).findFirst();
    }

    private static boolean isUnheard(Answer<?> answer) {
        return answer instanceof Silent<?> silent && silent.reached();
    }

    private @Nullable ParkedMessage before(Target target) {
        return api.get(target.service(), target.id()).found();
    }

    /** With its order, which its service tells as long as the message is there. */
    private static About about(Target target, @Nullable ParkedMessage message) {
        return target.about().of(message == null ? null : message.order());
    }
}
