package dev.waybill.messaging;

import dev.waybill.events.Message;
import dev.waybill.events.MessageTypes;
import dev.waybill.testing.Contracts;
import dev.waybill.testing.ReleasedMessages;
import dev.waybill.testing.ReleasedMessages.Payload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever was released is read today, by the one reader that all consumers have, also as a newer producer may write it. */
class ReadingReleasedMessagesTest {

    static Stream<Payload> everyPayload() {
        return ReleasedMessages.of(_ -> true);
    }

    static Stream<Payload> everyPayloadWithANewValue() {
        return everyPayload().filter(Payload::hasNewValue);
    }

    static Stream<Payload> everyPayloadOfToday() {
        return everyPayload().filter(payload -> !payload.name().contains(" with "));
    }

    @ParameterizedTest
    @MethodSource("everyPayload")
    void everyReleasedExampleIsReadAsItIsAndAsANewerProducerMayWriteIt(Payload payload) {
        Message message = MessageJson.read(payload.json().getBytes(UTF_8), payload.type());

        assertThat(message.orderId()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("everyPayloadWithANewValue")
    void aValueThatNobodyKnowsYetIsReadAsUnknown(Payload payload) {
        Message message = MessageJson.read(payload.json().getBytes(UTF_8), payload.type());

        assertThat(Arrays.stream(payload.type().getRecordComponents()).filter(part -> part.getType().isEnum())
                .map(part -> {
                    try {
                        return part.getAccessor().invoke(message).toString();
                    } catch (ReflectiveOperationException e) {
                        throw new LinkageError(e.getMessage(), e);
                    }
                })).contains("UNKNOWN");
    }

    @ParameterizedTest
    @MethodSource("everyPayloadOfToday")
    void whatIsReadIsWrittenAsItsContractHasIt(Payload payload) {
        Message message = MessageJson.read(payload.json().getBytes(UTF_8), payload.type());

        Contracts.assertValid(typeOf(payload), MessageJson.write(message));
    }

    private static String typeOf(Payload payload) {
        return MessageTypes.nameOf(payload.type());
    }
}
