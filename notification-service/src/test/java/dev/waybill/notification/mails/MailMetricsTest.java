package dev.waybill.notification.mails;

import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderShipped;
import dev.waybill.notification.mails.NotificationStatus.Why;
import dev.waybill.notification.mails.ReceivingServer.Mood;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is counted of mails, as it is scraped. */
class MailMetricsTest extends RunningService {

    private static final String APPLICATION = "application=\"notification-service\",";

    @Autowired
    private NotificationMetrics metrics;
    @Autowired
    private TransactionTemplate transaction;

    @Test
    void whatWasSentIsCountedOnceHoweverManyAttemptsItTook() {
        double confirmed = sent(Template.ORDER_CONFIRMED);
        double shipped = sent(Template.ORDER_SHIPPED);
        SERVER.is(Mood.IS_BUSY);
        OTHERS.say(Facts.placed(order, address));
        OTHERS.say(new OrderConfirmed(order));
        awaitAttempt();
        assertThat(metric("notifications_waiting{")).isGreaterThanOrEqualTo(1);
        await().untilAsserted(() -> assertThat(metric("notifications_oldest_waiting_age_seconds{")).isPositive());
        SERVER.is(Mood.TAKES);
        OTHERS.say(new OrderShipped(order, "T-1"));
        awaitMails(2);
        await().untilAsserted(() -> assertThat(sent(Template.ORDER_SHIPPED)).isEqualTo(shipped + 1));
        assertThat(sent(Template.ORDER_CONFIRMED)).isEqualTo(confirmed + 1);
    }

    @Test
    void whatIsRolledBackIsNotCounted() {
        double sent = sent(Template.ORDER_REJECTED);
        double refused = refused(Template.ORDER_REJECTED);
        transaction.executeWithoutResult(status -> {
            metrics.sent(Template.ORDER_REJECTED);
            metrics.endedWithout(Why.REFUSED, Template.ORDER_REJECTED);
            status.setRollbackOnly();
        });
        assertThat(sent(Template.ORDER_REJECTED)).isEqualTo(sent);
        assertThat(refused(Template.ORDER_REJECTED)).isEqualTo(refused);
    }

    @Test
    void everyCountIsThereFromTheBeginning() {
        for (Template template : Template.values()) {
            assertThat(sent(template)).isNotNegative();
            assertThat(refused(template)).isNotNegative();
        }
    }

    private double sent(Template template) {
        return metric("notifications_sent_total{%stemplate=\"%s\"}".formatted(APPLICATION, template));
    }

    private double refused(Template template) {
        return metric("notifications_failed_total{%sreason=\"REFUSED\",template=\"%s\"}"
                .formatted(APPLICATION, template));
    }
}
