package dev.waybill.notification.mails;

import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.OrderShipped;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.messaging.Ids;
import dev.waybill.testing.SetBack;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Events in over a real Kafka, mails out to a real mail server. */
class NotifyingCustomersTest extends RunningService {

    @Autowired
    private ForgettingAddresses forgetting;
    @Autowired
    private ApplicationContext service;

    @Test
    void aCustomerIsToldOfEachEventOnceAndInTheirOrder() {
        OTHERS.say(Facts.placed(order, address));
        List<Event> events = List.of(
                new OrderConfirmed(order), new OrderShipped(order, "T-4711"), new OrderDelivered(order));
        events.forEach(OTHERS::say);
        awaitMails(3);
        OTHERS.say(Facts.refunded(order, Money.of(100, "EUR")));
        awaitMails(4);
        OTHERS.say(new OrderCancelled(order));
        awaitMails(5);
        OTHERS.say(new OrderRejected(order, RejectionReason.OUT_OF_STOCK));
        awaitMails(6);
        assertThat(subjects()).containsExactly(
                "Order W-100042 is confirmed", "Order W-100042 is on its way", "Order W-100042 was delivered",
                "Your refund for order W-100042", "Order W-100042 is cancelled",
                "Order W-100042 could not be fulfilled");
        // It is recorded a moment after the mail has arrived.
        await().untilAsserted(() -> assertThat(notifications()).hasSize(6).allSatisfy(notification -> {
            assertThat(notification.path("status").asString()).isEqualTo("SENT");
            assertThat(notification.path("attempts").asInt()).isEqualTo(1);
            assertThat(notification.path("recipient").asString()).isEqualTo(address);
            assertThat(Instant.parse(notification.path("sentAt").asString())).isBefore(Instant.now());
        }));
    }

    @Test
    void anEventThatComesAgainIsToldOnceAlsoWhenTheInboxHasForgottenIt() {
        OTHERS.say(Facts.placed(order, address));
        MessageId id = Ids.nextMessageId();
        OTHERS.say(id, new OrderConfirmed(order), Instant.now());
        OTHERS.say(id, new OrderConfirmed(order), Instant.now());
        OTHERS.flush();
        awaitMails(1);
        assertThat(messageIds()).containsExactly("<%s@notifications.waybill.example>".formatted(id));

        SetBack.behindTheInbox(service);

        OTHERS.say(new OrderShipped(order, "T-1"));
        awaitMails(2);
        assertThat(notifications()).hasSize(2);
    }

    @Test
    void whatIsHeardBeforeItsOrderWaitsForIt() {
        OTHERS.say(Facts.refunded(order, Money.of(100, "EUR")));
        awaitStatus("WAITING");
        assertThat(notifications().getFirst().path("recipient").isNull()).isTrue();
        assertThat(metric("notifications_waiting")).isGreaterThanOrEqualTo(1);
        assertThat(metric("notifications_oldest_waiting_age_seconds")).isPositive();

        OTHERS.say(Facts.placed(order, address));
        awaitMails(1);
        awaitStatus("SENT");
    }

    @Test
    void aRefundOfNothingIsNoNews() {
        OTHERS.say(Facts.placed(order, address));
        OTHERS.say(Facts.refunded(order, Money.of(0, "EUR")));
        OTHERS.say(Facts.refunded(order, Money.of(1, "EUR")));
        awaitMails(1);
        assertThat(notifications()).hasSize(1);
    }

    @Test
    void withoutAnAddressThereIsNoMail() {
        double before = metric(
                "notifications_skipped_total{application=\"notification-service\",reason=\"NO_ADDRESS\",template=\"ORDER_CONFIRMED\"}");
        OTHERS.say(Facts.placed(order, null));
        OTHERS.say(new OrderConfirmed(order));
        awaitStatus("SKIPPED");
        assertThat(notifications().getFirst().path("reason").asString()).isEqualTo("NO_ADDRESS");
        await().untilAsserted(() -> assertThat(metric(
                "notifications_skipped_total{application=\"notification-service\",reason=\"NO_ADDRESS\",template=\"ORDER_CONFIRMED\"}"))
                .isEqualTo(before + 1));
    }

    @Test
    void whatIsLongPastIsNotedAndNotMailed() {
        OTHERS.say(Facts.placed(order, address));
        OTHERS.say(new OrderConfirmed(order), Instant.now().minus(Duration.ofMinutes(61)));
        OTHERS.say(new OrderShipped(order, "T-1"));
        awaitMails(1);
        assertThat(subjects()).containsExactly("Order W-100042 is on its way");
        assertThat(notifications()).extracting(each -> each.path("reason").asString("")).containsExactly("", "TOO_OLD");
    }

    @Test
    void theAddressIsForgottenAfterTheOrdersEndAndNotLearnedAgain() {
        OTHERS.say(Facts.placed(order, address));
        OTHERS.say(new OrderDelivered(order));
        awaitStatus("SENT");
        forgetting.forgetSome();
        assertThat(storedAddress()).isEqualTo(address);

        database.sql("update correspondence set ended_at = ended_at - interval '30 days' where order_id = ?")
                .param(order.value()).update();
        forgetting.forgetSome();

        assertThat(storedAddress()).isNull();
        OTHERS.say(Facts.placed(order, address));
        OTHERS.say(Facts.refunded(order, Money.of(1, "EUR")));
        await().untilAsserted(() -> assertThat(notifications()).hasSize(2));
        assertThat(notifications().getFirst().path("reason").asString()).isEqualTo("ADDRESS_FORGOTTEN");
        assertThat(notifications()).allSatisfy(each -> assertThat(each.path("recipient").isNull()).isTrue());
        assertThat(storedAddress()).isNull();
    }

    @Test
    void theListIsPagedFilteredAndRefusesWhatItCannotRead() {
        OTHERS.say(Facts.placed(order, null));
        List.of(new OrderConfirmed(order), new OrderShipped(order, "T"), new OrderDelivered(order))
                .forEach(OTHERS::say);
        await().untilAsserted(() -> assertThat(notifications()).hasSize(3));
        assertThat(notifications()).extracting(each -> each.path("template").asString())
                .containsExactly("ORDER_DELIVERED", "ORDER_SHIPPED", "ORDER_CONFIRMED");

        JsonNode first = get("/notifications?limit=2&orderId=" + order);
        JsonNode second = get("/notifications?limit=2&orderId=" + order + "&cursor=" + first.path("next").asString());
        assertThat(first.path("items")).hasSize(2);
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(get("/notifications?status=SKIPPED&orderId=" + order).path("items")).hasSize(3);
        assertThat(get("/notifications?status=SENT&orderId=" + order).path("items")).isEmpty();
        assertThat(get("/notifications?orderId=" + Ids.next()).path("items")).isEmpty();
        for (String bad : List.of("orderId=nonsense", "status=NONE", "limit=0", "cursor=x")) {
            assertThat(web.get().uri("/notifications?" + bad).exchange()).hasStatus(400)
                    .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        }
    }

    private @Nullable String storedAddress() {
        return database.sql("select address from correspondence where order_id = ?").param(order.value())
                .query(String.class).optional().orElse(null);
    }
}
