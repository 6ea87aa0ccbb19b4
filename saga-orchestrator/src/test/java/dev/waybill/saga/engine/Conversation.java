package dev.waybill.saga.engine;

import dev.waybill.events.Command;
import dev.waybill.events.Event;
import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.SagaId;
import dev.waybill.saga.engine.Transition.Outgoing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A saga talked through message by message: what is sent has to be expected, word for word, before the next message is
 * given.
 */
public final class Conversation<S> {

    private final Engine<S> engine;
    private final List<Outgoing> sent = new ArrayList<>();
    private final List<JournalEntry> journal = new ArrayList<>();
    private Transition<S> last;
    private Instant now = Instant.parse("2026-11-21T14:00:00Z");
    private int expected;

    private Conversation(Engine<S> engine, S data) {
        this.engine = engine;
        this.last = engine.start(new SagaId(UUID.randomUUID()), data, now, Conversation::newId);
        note();
    }

    public static <S> Conversation<S> of(Saga<S> saga, S data) {
        return new Conversation<>(new Engine<>(saga), data);
    }

    /** Since the last message exactly these were sent. */
    public Conversation<S> expect(Command<?>... commands) {
        assertThat(sent.subList(expected, sent.size())).extracting(Outgoing::command)
                .containsExactlyElementsOf(Arrays.asList(commands));
        expected = sent.size();
        return this;
    }

    /** Gives an answer to the last command that it can be an answer to. */
    public Conversation<S> when(Event answer) {
        return answer(lastAnsweredBy(answer), answer, Outcome.TAKEN);
    }

    /** Gives an answer that changes nothing, to the first command of this kind. */
    public Conversation<S> whenIgnored(Event answer, Class<? extends Command<?>> to, Outcome outcome) {
        Instance<S> before = instance();
        answer(firstId(to), answer, outcome);
        assertThat(instance()).isEqualTo(before);
        return expect();
    }

    public Conversation<S> whenIgnored(Event answer, MessageId causationId, Outcome outcome) {
        Instance<S> before = instance();
        answer(causationId, answer, outcome);
        assertThat(instance()).isEqualTo(before);
        return expect();
    }

    /** Somebody wants something of it. */
    public Conversation<S> whenAsked(Input.Request request) {
        apply(request, Outcome.TAKEN);
        return this;
    }

    /** Somebody wants what makes no sense as things stand. */
    public Conversation<S> whenAskedInVain(Input.Request request, Outcome outcome) {
        Instance<S> before = instance();
        apply(request, outcome);
        assertThat(instance()).isEqualTo(before);
        assertThat(last.journal()).isEmpty();
        return expect();
    }

    /** Lets time pass until the deadline. */
    public Conversation<S> whenNobodyAnswers() {
        now = Objects.requireNonNull(instance().deadline(), "there is no deadline");
        apply(new Input.Timeout(), Outcome.TAKEN);
        return this;
    }

    /** Lets time pass, and looks for what is due before it is. */
    public Conversation<S> whenLookedAtAfter(Duration time) {
        now = now.plus(time);
        apply(new Input.Timeout(), Outcome.NOT_DUE);
        return this;
    }

    public Conversation<S> is(Status status) {
        assertThat(instance().status()).isEqualTo(status);
        return this;
    }

    public Conversation<S> isAt(String step) {
        assertThat(instance().step()).isEqualTo(step);
        return this;
    }

    /** It has ended in this status: nothing is awaited and nothing left to be sent. */
    public Conversation<S> endsAs(Status status) {
        expect().is(status);
        assertThat(instance().deadline()).isNull();
        return this;
    }

    public Conversation<S> noted(JournalEntry.Kind... kinds) {
        assertThat(journal).extracting(JournalEntry::kind).contains(kinds);
        return this;
    }

    public Instance<S> instance() {
        return last.instance();
    }

    public Instant now() {
        return now;
    }

    public List<JournalEntry> journal() {
        return journal;
    }

    public MessageId firstId(Class<? extends Command<?>> type) {
        return sent.stream().filter(outgoing -> type.isInstance(outgoing.command())).map(Outgoing::id).findFirst()
                .orElseThrow();
    }

    public List<MessageId> idsOf(Class<? extends Message> type) {
        return sent.stream().filter(outgoing -> type.isInstance(outgoing.command())).map(Outgoing::id).toList();
    }

    private MessageId lastAnsweredBy(Event answer) {
        return sent.reversed().stream().filter(outgoing -> outgoing.command().answeredBy().isInstance(answer))
                .map(Outgoing::id).findFirst().orElseThrow(() -> new AssertionError("Nobody has asked for " + answer));
    }

    private Conversation<S> answer(MessageId causationId, Event answer, Outcome outcome) {
        apply(new Input.Answer(newId(), causationId, answer), outcome);
        return this;
    }

    private void apply(Input input, Outcome outcome) {
        assertThat(sent.subList(expected, sent.size())).as("sent, but not expected").isEmpty();
        last = engine.apply(instance(), input, now, Conversation::newId);
        assertThat(last.outcome()).isEqualTo(outcome);
        note();
    }

    private static MessageId newId() {
        return new MessageId(UUID.randomUUID());
    }

    private void note() {
        sent.addAll(last.commands());
        journal.addAll(last.journal());
    }
}
