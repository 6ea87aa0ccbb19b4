package dev.waybill.notification.mails;

import dev.waybill.events.Event;
import dev.waybill.events.Message;
import dev.waybill.events.Money;
import dev.waybill.messaging.MessageJson;
import dev.waybill.testing.ReleasedMessages;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever was released of the events that customers are told of, there is a mail about it, a newer producer's included. */
class ReleasedEventsTest {

    static Stream<ReleasedMessages.Payload> payloads() {
        return ReleasedMessages.of(type -> Arrays.stream(Template.values()).anyMatch(each -> each.event() == type));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void itIsStoredAndWritten(ReleasedMessages.Payload payload) {
        Message read = MessageJson.read(payload.json().getBytes(StandardCharsets.UTF_8), payload.type());
        var notification = new Notification(Facts.heard((Event) read, Instant.EPOCH), Instant.EPOCH);
        assertThat(notification.event()).isEqualTo(read);
        Letter letter = new Letters(LettersTest.settings(Locale.ENGLISH))
                .write(notification, "W-1", Money.of(1, "EUR"), "alice@example.com");
        assertThat(letter.text()).contains("Order W-1,");
        assertThat(letter.html()).contains(letter.subject());
    }
}
