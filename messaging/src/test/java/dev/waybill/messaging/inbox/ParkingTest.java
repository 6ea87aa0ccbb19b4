package dev.waybill.messaging.inbox;

import dev.waybill.events.Envelope.Header;
import dev.waybill.events.MessageId;
import dev.waybill.events.OperationsEvent.CommandParked;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of a message that cannot be handled, of those behind it, and of the saga that waits for it. */
class ParkingTest extends FedByHand {

    @Test
    void aMessageWhoseHandlerThrowsIsParkedAndTheOthersAreHandled() {
        poison.put(ALICE, new IllegalStateException("no such order"));
        handling().handle(List.of(confirm(BOB), confirm(ALICE), confirm(BOB)));
        assertThat(effects()).containsExactly(BOB, BOB);
        assertThat(parked()).containsExactly("PARKED " + ALICE + " no such order 3");
        assertThat(count("message_faults_total")).isEqualTo(1);
    }

    /** The container that runs the listener would end on it, here and wherever the partition went next. */
    @Test
    void aMessageWhoseHandlerEndsInAnErrorIsParkedLikeAnyOther() {
        handling(message -> {
            if (message.orderId().equals(ALICE)) {
                throw new StackOverflowError("too deep");
            }
            takeEffect(message);
        }).handle(List.of(confirm(BOB), confirm(ALICE), confirm(BOB)));
        assertThat(effects()).containsExactly(BOB, BOB);
        assertThat(parked()).singleElement().asString().contains(ALICE.toString()).contains("too deep");
    }

    @Test
    void laterMessagesOfAParkedKeyWaitBehindItAndOtherKeysFlowOn() {
        poison.put(ALICE, new IllegalStateException("no such order"));
        handling().handle(List.of(confirm(ALICE)));
        poison.clear();
        handling().handle(List.of(confirm(ALICE), confirm(BOB), confirm(ALICE)));
        assertThat(effects()).containsExactly(BOB);
        assertThat(parked()).containsExactly(
                "PARKED " + ALICE + " no such order 3",
                "WAITING_BEHIND " + ALICE + " null 0",
                "WAITING_BEHIND " + ALICE + " null 0");
    }

    @Test
    void laterMessagesOfTheSamePollWaitBehindTheOneThatIsParked() {
        handling().handle(List.of(record(ALICE, "{", Map.of()), confirm(ALICE), confirm(BOB)));
        assertThat(effects()).containsExactly(BOB);
        assertThat(parked()).hasSize(2);
        assertThat(parked().getLast()).startsWith("WAITING_BEHIND");
    }

    @Test
    void aParkedMessageThatComesAgainIsADuplicate() {
        poison.put(ALICE, new IllegalStateException("no such order"));
        var message = confirm(ALICE);
        handling().handle(List.of(message));
        handling().handle(List.of(message));
        assertThat(parked()).hasSize(1);
    }

    @Test
    void bytesThatAreNoJsonAreParked() {
        handling().handle(List.of(record(ALICE, "no json", Map.of())));
        assertThat(parked()).singleElement().asString().startsWith("PARKED " + ALICE);
    }

    @Test
    void aPayloadThatBreaksARuleOfItsValuesIsParked() {
        handling().handle(List.of(record(ALICE, "{\"orderId\": \"no-uuid\"}", Map.of())));
        assertThat(parked()).hasSize(1);
    }

    @Test
    void aMessageWithoutPayloadIsParked() {
        handling().handle(List.of(record(ALICE, null, Map.of())));
        assertThat(parked()).singleElement().asString().contains("no payload");
    }

    @Test
    void aMessageWithoutAReadableIdIsParkedUnderItsPlaceOnTheTopic() {
        var noId = record(ALICE, MessageJson.write(new ConfirmOrder(ALICE)), Map.of(Header.ID, "garbage"));
        handling().handle(List.of(noId));
        handling().handle(List.of(noId));
        assertThat(parked()).singleElement().asString().contains(Header.ID);
    }

    @Test
    void aMessageUnderAWrongKeyIsParked() {
        handling().handle(List.of(record(BOB, MessageJson.write(new ConfirmOrder(ALICE)), Map.of())));
        assertThat(parked()).singleElement().asString().startsWith("PARKED " + BOB + " The key is");
    }

    @Test
    void anUnknownTypeIsParkedOnACommandTopic() {
        handling().handle(List.of(record(ALICE, "{}", Map.of(Header.TYPE, "dev.waybill.order.explode.v1"))));
        assertThat(parked()).singleElement().asString().contains("dev.waybill.order.explode.v1");
    }

    @Test
    void aKnownCommandWithoutHandlerIsParked() {
        handling().handle(List.of(record(ALICE, "{}", Map.of(Header.TYPE, "dev.waybill.payment.void.v1"))));
        assertThat(parked()).singleElement().asString().contains("dev.waybill.payment.void.v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0b", "LONG"})
    void aKeyThatCannotBeStoredIsParkedUnderAnother(String key) {
        String odd = key.equals("LONG") ? randomText(20_000) : key;
        var template = confirm(ALICE);
        var record = new ConsumerRecord<>(template.topic(), 0, template.offset(), odd, template.value());
        template.headers().forEach(record.headers()::add);
        handling().handle(List.of(record, confirm(BOB)));
        assertThat(effects()).containsExactly(BOB);
        assertThat(parked()).singleElement().asString().startsWith("PARKED key-");
    }

    @Test
    void whatIsRolledBackIsNotCounted() {
        poison.put(BOB, new IllegalStateException("no such order"));
        handling().handle(List.of(record(ALICE, "{", Map.of()), confirm(BOB)));
        assertThat(count("message_faults_total")).isEqualTo(2);
    }

    @Test
    void aMessageWithoutATypeIsParked() {
        handling().handle(List.of(record(ALICE, "{}", Map.of(Header.TYPE, ""))));
        assertThat(parked()).containsExactly("PARKED " + ALICE + " The header ce_type is missing 1");
    }

    @Test
    void aParkedCommandIsToldToItsSaga() {
        SagaId saga = new SagaId(Ids.next());
        var command = record(ALICE, "no json", Map.of(Header.SAGA_ID, saga.toString()));
        handling().handle(List.of(command));
        assertThat(notes).singleElement().satisfies(note -> {
            assertThat(note.subject()).isEqualTo("parked-message/" + queue().getFirst().id());
            assertThat(note.event()).isEqualTo(new CommandParked(ALICE, new MessageId(idOf(command)), "/test"));
            assertThat(note.saga()).isEqualTo(saga);
        });
    }

    @Test
    void aCommandThatWaitsBehindAParkedMessageIsToldToItsSagaToo() {
        SagaId saga = new SagaId(Ids.next());
        handling().handle(List.of(garbage(ALICE)));
        handling().handle(
                List.of(record(ALICE, MessageJson.write(new ConfirmOrder(ALICE)),
                        Map.of(Header.SAGA_ID, saga.toString()))));
        assertThat(notes).singleElement().extracting(Note::saga).isEqualTo(saga);
    }

    @ParameterizedTest
    @ValueSource(strings = {Header.TIME, Header.CORRELATION_ID, Header.LOGICAL_TIME, Header.TRACEPARENT, Header.TYPE})
    void aSagaIsToldEvenIfAnotherHeaderIsWhatIsWrong(String header) {
        SagaId saga = new SagaId(Ids.next());
        handling().handle(
                List.of(record(ALICE, "{}", Map.of(Header.SAGA_ID, saga.toString(), header, "\0 no sense"))));
        assertThat(parked()).hasSize(1);
        assertThat(notes).singleElement().extracting(Note::saga).isEqualTo(saga);
    }

    @Test
    void aCommandOfNoSagaIsToldToNobody() {
        handling().handle(List.of(garbage(ALICE), record(BOB, "no json", Map.of(Header.SAGA_ID, "no id"))));
        assertThat(parked()).hasSize(2);
        assertThat(notes).isEmpty();
    }

    @Test
    void aParkedMessageThatTheInboxHasForgottenIsADuplicateAllTheSame() {
        var first = garbage(ALICE);
        var second = confirm(ALICE);
        handling().handle(List.of(first, second));
        jdbc.execute("truncate inbox");
        handling().handle(List.of(first, second, confirm(BOB)));
        assertThat(parked()).hasSize(2);
        assertThat(count("inbox_duplicates")).isEqualTo(2);
        assertThat(effects()).containsExactly(BOB);
    }

    @Test
    void aMessageThatIsParkedElsewhereUnderAnotherKeyBlocksNothing() {
        var first = record(ALICE, "no json", Map.of(Header.ID, Ids.next().toString()));
        handling().handle(List.of(first));
        jdbc.execute("truncate inbox");
        handling().handle(List.of(record(BOB, "no json", Map.of(Header.ID, idOf(first).toString()))));
        assertThat(blockedKeys()).isEqualTo(1);
    }

    /** Which an index cannot hold, as it does not compress. */
    private static String randomText(int length) {
        var random = new Random(1);
        return random.ints(length, 'a', 'z').collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
    }
}
