package dev.waybill.notification.mails;

import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import dev.waybill.notification.mails.NotificationStatus.Why;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whether there is a mail about what was heard. */
class CorrespondenceTest {

    private static final Instant NOW = Instant.parse("2026-11-21T14:00:00Z");
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final OrderId order = new OrderId(Ids.next());
    private final Correspondence correspondence = new Correspondence(order);

    @Test
    void whatIsHeardOfAKnownOrderIsToBeSent() {
        begin("alice@example.com");
        Notification confirmed = tell(NOW);
        assertThat(confirmed.status()).isEqualTo(NotificationStatus.PENDING);
        assertThat(confirmed.event()).isEqualTo(new OrderConfirmed(order));
        assertThat(correspondence.number()).isEqualTo("W-100042");
        assertThat(correspondence.total()).isEqualTo(Money.of(25_998, "EUR"));
    }

    @Test
    void whatIsHeardBeforeThePlacingWaitsForIt() {
        Notification early = tell(NOW);
        assertThat(early.status()).isEqualTo(NotificationStatus.WAITING);
        begin("alice@example.com", early);
        assertThat(early.status()).isEqualTo(NotificationStatus.PENDING);
    }

    @Test
    void withoutAnAddressThereIsNoMailAndItSaysWhy() {
        Notification early = tell(NOW);
        begin(null, early);
        for (Notification notification : List.of(early, tell(NOW))) {
            assertThat(notification.status()).isEqualTo(NotificationStatus.SKIPPED);
            assertThat(notification.reason()).isEqualTo(Why.NO_ADDRESS);
        }
    }

    @Test
    void whatIsLongPastWhenItIsFirstHeardOfGetsNoMailAndDoesNotWait() {
        Notification past = tell(NOW.minus(AN_HOUR).minusMillis(1));
        assertThat(past.status()).isEqualTo(NotificationStatus.SKIPPED);
        assertThat(past.reason()).isEqualTo(Why.TOO_OLD);
        begin("alice@example.com");
        assertThat(tell(NOW.minus(AN_HOUR)).status()).isEqualTo(NotificationStatus.PENDING);
    }

    @Test
    void thePlacingThatIsHeardAgainChangesNothing() {
        begin("alice@example.com");
        begin("mallory@example.com");
        assertThat(correspondence.address()).isEqualTo("alice@example.com");
    }

    @Test
    void itKnowsWhenTheOrderHasEnded() {
        tell(NOW);
        assertThat(correspondence.endedAt()).isNull();
        correspondence.tell(Facts.heard(new OrderDelivered(order), NOW.minusSeconds(5)), NOW, AN_HOUR);
        assertThat(correspondence.endedAt()).isEqualTo(NOW.minusSeconds(5));
    }

    @Test
    void aMailIsSentOnceAndCountsItsAttempts() {
        begin("alice@example.com");
        Notification notification = tell(NOW);
        notification.attempted();
        notification.sent(NOW);
        assertThat(notification.attempts()).isEqualTo(2);
        assertThat(notification.sentAt()).isEqualTo(NOW);
        assertThatThrownBy(() -> notification.sent(NOW)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> notification.endWithout(Why.REFUSED)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothingThatIsLoggedNamesTheCustomer() {
        begin("alice@example.com");
        assertThat(correspondence.toString() + tell(NOW)).doesNotContain("alice");
    }

    private Notification tell(Instant saidAt) {
        return correspondence.tell(Facts.heard(new OrderConfirmed(order), saidAt), NOW, AN_HOUR);
    }

    private void begin(@Nullable String address, Notification... waiting) {
        correspondence.begin(Facts.placed(order, address), List.of(waiting));
    }
}
