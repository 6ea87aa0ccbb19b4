package dev.waybill.notification.mails;

import dev.waybill.notification.mails.NotificationStatus.Why;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Counts what became of notifications, once that is committed, and shows how much waits and for how long. */
@Component
class NotificationMetrics {

    private final MeterRegistry meters;

    NotificationMetrics(MeterRegistry meters, Notifications notifications, Clock clock) {
        this.meters = meters;
        // There from the beginning, as nought: a rate needs a value before the first.
        for (Template template : Template.values()) {
            counter("notifications.sent", template);
            for (Why why : Why.values()) {
                counter(nameOf(why), template, "reason", why.name());
            }
        }
        Gauge.builder("notifications.waiting", notifications, all -> all.unsent().count())
                .description("Notifications whose mail is neither sent nor given up").register(meters);
        TimeGauge.builder("notifications.oldest.waiting.age", notifications, TimeUnit.MILLISECONDS,
                all -> ageOf(all.unsent(), clock))
                .description("For how long the oldest of them is there").register(meters);
    }

    private static double ageOf(Notifications.Unsent unsent, Clock clock) {
        Instant oldest = unsent.oldest();
        return oldest == null ? 0 : Duration.between(oldest, clock.instant()).toMillis();
    }

    /** To be called in the transaction. */
    void sent(Template template) {
        afterTheCommit(counter("notifications.sent", template));
    }

    /** To be called in the transaction. */
    void endedWithout(Why why, Template template) {
        afterTheCommit(counter(nameOf(why), template, "reason", why.name()));
    }

    private static String nameOf(Why why) {
        return why.status() == NotificationStatus.FAILED ? "notifications.failed" : "notifications.skipped";
    }

    private Counter counter(String name, Template template, String... further) {
        return Counter.builder(name).tag("template", template.name()).tags(further).register(meters);
    }

    private static void afterTheCommit(Counter counter) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                counter.increment();
            }
        });
    }
}
