package dev.waybill.events;

import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.InventoryEvent.ReservationAnswer;
import dev.waybill.events.InventoryEvent.StockRefused;
import dev.waybill.events.InventoryEvent.StockReserved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MessageTypesTest {

    static Stream<Class<? extends Message>> messages() {
        return MessageTypes.all().values().stream();
    }

    @Test
    void noMessageIsLeftOut() {
        assertThat(MessageTypes.all()).hasSize(49);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageIsFoundByItsName(Class<? extends Message> type) {
        assertThat(MessageTypes.find(MessageTypes.nameOf(type))).contains(type);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void namesFollowOneForm(Class<? extends Message> type) {
        assertThat(MessageTypes.nameOf(type))
                .matches("dev\\.waybill\\.(order|inventory|payment|shipping|operations)\\.[a-z-]+\\.v[1-9]");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messagesAreRecords(Class<? extends Message> type) {
        assertThat(type.isRecord()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageHasTheTopicOfItsContext(Class<? extends Message> type) {
        String context = MessageTypes.nameOf(type).split("\\.", -1)[2];
        Topic topic = Topic.of(new Samples(1).of(type));

        assertThat(topic).isEqualTo(Topic.of(type));
        assertThat(topic.topicName())
                .isEqualTo(context + (Command.class.isAssignableFrom(type) ? ".commands" : ".events"));
        assertThat(topic.carriesCommands()).isEqualTo(Command.class.isAssignableFrom(type));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aCommandIsAnsweredByEventsOfItsOwnContext(Class<? extends Message> type) {
        if (new Samples(1).of(type) instanceof Command<?> command) {
            assertThat(MessageTypes.membersOf(command.answeredBy())).isNotEmpty();
            assertThat(Topic.of(command.answeredBy()).topicName())
                    .isEqualTo(Topic.of(command).topicName().replace(".commands", ".events"));
        }
    }

    @Test
    void aFamilyHasItsMembers() {
        assertThat(MessageTypes.membersOf(ReservationAnswer.class))
                .containsExactlyInAnyOrder(StockReserved.class, StockRefused.class);
        assertThat(MessageTypes.membersOf(ReserveStock.class)).containsExactly(ReserveStock.class);
        assertThat(MessageTypes.membersOf(Message.class)).hasSize(49);
    }

    @Test
    void anUnknownNameIsNoMessage() {
        assertThat(MessageTypes.find("dev.waybill.payment.captured.v99")).isEmpty();
        assertThat(MessageTypes.find("java.lang.String")).isEmpty();
    }

    @Test
    void whatIsNoMessageHasNoTopic() {
        assertThatIllegalArgumentException().isThrownBy(() -> Topic.of(String.class));
    }
}
