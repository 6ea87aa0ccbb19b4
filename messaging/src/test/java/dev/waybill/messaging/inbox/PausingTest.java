package dev.waybill.messaging.inbox;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.inbox.ParkedAct.By;
import dev.waybill.messaging.inbox.ParkingWatch.SubscriptionPaused;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A subscription that parks most of what it takes takes nothing more, and loses nothing by it. */
class PausingTest extends FedByHand {

    private Instant now = Instant.parse("2026-11-21T14:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final ParkingWatch watch = new ParkingWatch("test", settings(5, Duration.ofSeconds(20)), clock);
    private final Handling handling = handling(this::takeEffect, watch);

    @Test
    void aPollOfGarbageIsNotParkedToItsEnd() {
        var poll = garbage(50);
        assertThatThrownBy(() -> handling.handle(poll)).isInstanceOf(SubscriptionPaused.class)
                .hasMessageContaining("6 of the last 6 messages within PT1M were parked");
        assertThat(parked()).hasSize(6);
        assertThatThrownBy(() -> handling.handle(List.of(confirm(BOB)))).isInstanceOf(SubscriptionPaused.class);
        assertThat(effects()).isEmpty();
    }

    @Test
    void handlersThatAllThrowAreNotTriedToTheEndOfThePoll() {
        var poll = Stream.generate(() -> new OrderId(Ids.next())).limit(50)
                .peek(order -> poison.put(order, new IllegalStateException("bad release"))).map(this::confirm).toList();
        assertThatThrownBy(() -> handling.handle(poll)).isInstanceOf(SubscriptionPaused.class);
        assertThat(parked()).hasSize(6);
    }

    @Test
    void whatWasReceivedIsHandledOnceItGoesOn() {
        var poll = garbage(50);
        var good = confirm(BOB);
        assertThatThrownBy(() -> handling.handle(poll)).isInstanceOf(SubscriptionPaused.class);
        var subscriptions = new RunningSubscriptions(List.of(handling), acts);
        assertThat(subscriptions.resume("test", new By("carol", "fixed"))).isTrue();
        handling.handle(List.of(poll.getFirst(), poll.get(49), good));
        assertThat(parked()).hasSize(7);
        assertThat(effects()).containsExactly(BOB);
        assertThat(acts.list(null, null, null, 10)).singleElement().satisfies(act -> {
            assertThat(act.kind()).isEqualTo(ParkedAct.Kind.RESUMED);
            assertThat(act.why()).isEqualTo("fixed");
            assertThat(act.subscription()).isEqualTo("test");
        });
        assertThat(subscriptions.resume("test", new By("carol", "again"))).isFalse();
    }

    @Test
    void aFewBadMessagesAmongManyGoodOnesDoNotPauseIt() {
        handling.handle(IntStream.range(0, 20).mapToObj(_ -> confirm(new OrderId(Ids.next()))).toList());
        handling.handle(garbage(4));
        handling.handle(garbage(4));
        handling.handle(garbage(4));
        assertThat(watch.pause()).isEmpty();
        assertThat(parked()).hasSize(12);
    }

    @Test
    void badMessagesThatComeNowAndThenDoNotPauseIt() {
        for (int i = 0; i < 30; i++) {
            handling.handle(garbage(1));
            now = now.plusSeconds(15);
        }
        assertThat(watch.pause()).isEmpty();
        assertThat(parked()).hasSize(30);
    }

    @Test
    void whatWaitsBehindAParkedMessageIsNoFurtherSign() {
        handling.handle(Stream.concat(Stream.of(garbage(ALICE)), Stream.generate(() -> garbage(ALICE)).limit(40))
                .toList().subList(0, 5));
        for (int i = 0; i < 20; i++) {
            handling.handle(List.of(garbage(ALICE)));
        }
        assertThat(watch.pause()).isEmpty();
    }

    @Test
    void aPauseIsAMetric() {
        new ParkedMetrics(new RunningSubscriptions(List.of(handling), acts), queues).bindTo(metrics);
        assertThat(gauge("subscription_paused")).isZero();
        assertThatThrownBy(() -> handling.handle(garbage(50))).isInstanceOf(SubscriptionPaused.class);
        assertThat(gauge("subscription_paused")).isEqualTo(1);
        assertThat(metrics.get("messages_parked").tag("subscription", "test").tag("state", "PARKED").gauge().value())
                .isEqualTo(6);
        watch.resume();
        assertThat(gauge("subscription_paused")).isZero();
    }

    @Test
    void gaugesAndCounterStandBesideEachOtherInPrometheus() {
        var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        prometheus.throwExceptionOnRegistrationFailure();
        prometheus.counter("message_faults_total", "subscription", "test").increment();
        new ParkedMetrics(new RunningSubscriptions(List.of(handling), acts), queues).bindTo(prometheus);
        assertThat(prometheus.scrape()).contains(
                "message_faults_total{subscription=\"test\"} 1.0",
                "messages_parked{state=\"WAITING_BEHIND\",subscription=\"test\"} 0.0",
                "subscription_paused{subscription=\"test\"} 0.0");
    }

    private double gauge(String name) {
        return metrics.get(name).tag("subscription", "test").gauge().value();
    }

    private List<ConsumerRecord<String, byte[]>> garbage(int count) {
        return Stream.generate(() -> garbage(new OrderId(Ids.next()))).limit(count).toList();
    }
}
