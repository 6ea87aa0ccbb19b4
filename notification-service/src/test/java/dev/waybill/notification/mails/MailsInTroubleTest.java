package dev.waybill.notification.mails;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderShipped;
import dev.waybill.messaging.outside.OutsideCalls;
import dev.waybill.notification.mails.ReceivingServer.Mood;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Mail servers that are away, refuse, or say nothing. */
@ExtendWith(OutputCaptureExtension.class)
class MailsInTroubleTest extends RunningService {

    @Autowired
    private TransactionTemplate transaction;
    @Autowired
    private OutsideCalls calls;

    @Test
    void mailsWaitForAServerThatIsAwayAndGoOutInTheirOrderWhenItIsBack() {
        SERVER.goAway();
        try {
            OTHERS.say(Facts.placed(order, address));
            OTHERS.say(new OrderConfirmed(order));
            OTHERS.say(new OrderShipped(order, "T-1"));
            awaitAttempt();
            assertThat(notifications()).extracting(each -> each.path("status").asString()).containsOnly("PENDING");
        } finally {
            SERVER.comeBack();
        }
        awaitMails(2);
        assertThat(subjects()).containsExactly("Order W-100042 is confirmed", "Order W-100042 is on its way");
    }

    @Test
    void whatTheServerRefusesForGoodHasFailedAtOnceAndTheNextMailIsTried(CapturedOutput output) {
        double before = metric(
                "notifications_failed_total{application=\"notification-service\",reason=\"REFUSED\",template=\"ORDER_CONFIRMED\"}");
        SERVER.is(Mood.REFUSES_RECIPIENTS);
        OTHERS.say(Facts.placed(order, address));
        OTHERS.say(new OrderConfirmed(order));
        awaitStatus("FAILED");
        JsonNode failed = notifications().getFirst();
        assertThat(failed.path("reason").asString()).isEqualTo("REFUSED");
        assertThat(failed.path("attempts").asInt()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(metric(
                "notifications_failed_total{application=\"notification-service\",reason=\"REFUSED\",template=\"ORDER_CONFIRMED\"}"))
                .isEqualTo(before + 1));

        SERVER.is(Mood.TAKES);
        OTHERS.say(new OrderShipped(order, "T-1"));
        awaitMails(1);
        assertThat(output).doesNotContain("alice-");
    }

    @Test
    void aMailInDoubtIsSentAgainUnderTheSameMessageIdAndNobodyIsNamed(CapturedOutput output) {
        SERVER.is(Mood.HANGS_UP_AFTERWARDS);
        OTHERS.say(Facts.placed(order, address));
        MessageId id = OTHERS.say(new OrderConfirmed(order));
        await().until(() -> !SERVER.mailsTo(address).isEmpty());
        await().untilAsserted(() -> assertThat(output).contains("has no definite outcome"));
        SERVER.is(Mood.TAKES);
        awaitStatus("SENT");
        assertThat(messageIds()).hasSizeGreaterThan(1)
                .containsOnly("<%s@notifications.waybill.example>".formatted(id));
        assertThat(notifications().getFirst().path("attempts").asInt()).isGreaterThan(1);
        assertThat(output).doesNotContain("alice-");
    }

    @Test
    void aMailWhoseRecordWasLostInACrashIsSentAgainUnderTheSameMessageId() {
        OTHERS.say(Facts.placed(order, address));
        MessageId id = OTHERS.say(new OrderConfirmed(order));
        awaitStatus("SENT");

        // As a process leaves it that has sent and died: the notification is as before, and its call is open.
        transaction.executeWithoutResult(status -> {
            database.sql("update notification set status = 'PENDING', sent_at = null where id = ?").param(id.value())
                    .update();
            calls.request(SendingMails.KIND, order);
        });

        awaitMails(2);
        awaitStatus("SENT");
        assertThat(messageIds()).containsOnly("<%s@notifications.waybill.example>".formatted(id));
    }

    @Test
    void whatWasTriedForTooLongIsGivenUp() {
        SERVER.is(Mood.IS_BUSY);
        OTHERS.say(Facts.placed(order, address));
        MessageId id = OTHERS.say(new OrderConfirmed(order));
        awaitAttempt();

        database.sql("update notification set created_at = created_at - interval '25 hours' where id = ?")
                .param(id.value()).update();

        awaitStatus("FAILED");
        assertThat(notifications().getFirst().path("reason").asString()).isEqualTo("GIVEN_UP");
    }

    @Test
    void whatIsNoAddressFailsAndHoldsNothingUp() {
        OTHERS.say(Facts.placed(order, "nonsense, alice-%s".formatted(order)));
        OTHERS.say(new OrderConfirmed(order));
        awaitStatus("FAILED");
        assertThat(notifications().getFirst().path("reason").asString()).isEqualTo("BAD_ADDRESS");
    }
}
