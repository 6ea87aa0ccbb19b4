package dev.waybill.payment.payments;

import dev.waybill.events.Event;
import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.events.PaymentEvent.PaymentVoided;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.RefundId;
import dev.waybill.messaging.Ids;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of payments, each told anything in any order, over a wire that loses what it likes, with webhooks that come early,
 * late, twice and in any order, and a person who gives money back in the gateway's own console. Whatever comes, the gateway's books stay right, every command gets its one answer, and what is
 * made from the stream is what is served, whichever snapshots there are.
 */
class PaymentsAtRandomTest {

    private static final int RUNS = 6_000;
    private static final Money TOTAL = Money.of(500, "JPY");

    @Test
    void theGatewaysBooksStayRightAndEveryCommandIsAnsweredOnce() {
        int captures = 0;
        int voids = 0;
        int parked = 0;
        int refunds = 0;
        int renewed = 0;
        int settled = 0;
        int elsewhere = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Run run = new Run(seed);
            run.play();
            captures += run.gateway.captures;
            voids += run.gateway.voids;
            parked += run.parked;
            refunds += run.gateway.refunds;
            renewed += run.payment.served().expiredReference() == null ? 0 : 1;
            settled += run.settledByWebhook();
            elsewhere += run.gateway.elsewhere;
        }
        // What was aimed at did happen.
        assertThat(captures).isGreaterThan(RUNS / 50);
        assertThat(voids).isGreaterThan(RUNS / 50);
        assertThat(parked).isGreaterThan(RUNS / 50);
        assertThat(refunds).isGreaterThan(RUNS / 50);
        assertThat(renewed).isGreaterThan(RUNS / 200);
        assertThat(settled).isGreaterThan(RUNS / 50);
        assertThat(elsewhere).isGreaterThan(RUNS / 50);
    }

    private static final class Run {

        private final int seed;
        private final Random random;
        private final OrderId order = new OrderId(Ids.next());
        private final List<RefundId> refunds = Stream.generate(() -> new RefundId(Ids.next())).limit(3).toList();
        private final ModelGateway gateway;
        private final PaymentInMemory payment;
        private int commands;
        private int parked;

        Run(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.gateway = new ModelGateway(random, order);
            this.payment = new PaymentInMemory(order, gateway, 1 + random.nextInt(6));
        }

        void play() {
            int steps = 2 + random.nextInt(24);
            for (int i = 0; i < steps; i++) {
                switch (random.nextInt(11)) {
                    case 0, 1, 2, 3 -> command();
                    case 4, 5 -> webhook();
                    case 6 -> gateway.refundElsewhere(
                            Money.of(100 * random.nextLong(0, 5), "JPY"), random.nextBoolean() ? Ids.next() : null);
                    default -> payment.makeNextCall();
                }
                check();
            }
            gateway.reliable = true;
            while (payment.callsAreOpen()) {
                payment.makeNextCall();
                check();
            }
            gateway.webhooks.forEach(this::take);
            check();
            List<Integer> answered = payment.said.stream().map(PaymentInMemory.Said::cause).filter(cause -> cause > 0)
                    .toList();
            assertThat(answered).as("answers, seed %d", seed).hasSize(commands - parked).doesNotHaveDuplicates();
            checkTheEnd();
        }

        private void command() {
            commands++;
            try {
                payment.decide(commands, decisionAtRandom());
            } catch (IllegalStateException forbidden) {
                parked++;
            }
        }

        private Function<Payment, Decision> decisionAtRandom() {
            return switch (random.nextInt(payment.served().moneyTaken() ? 10 : 5)) {
                case 0, 1 -> known -> known.decider().authorize(TOTAL, new PaymentMethod("pm_card_visa"));
                case 2 -> known -> known.decider().voidAuthorization();
                case 3, 4 -> known -> known.decider().capture();
                default -> {
                    RefundId id = refunds.get(random.nextInt(refunds.size()));
                    @Nullable Money amount = random.nextInt(4) == 0
                            ? null
                            : Money.of(100 * random.nextLong(0, 5), "JPY");
                    yield known -> known.refunds().refund(id, amount, null, null);
                }
            };
        }

        private void webhook() {
            if (!gateway.webhooks.isEmpty()) {
                take(gateway.webhooks.get(random.nextInt(gateway.webhooks.size())));
            }
        }

        private void take(GatewayWebhook webhook) {
            payment.taking.take(webhook, "{}");
        }

        int settledByWebhook() {
            return (int) payment.meters.counter("gateway.webhooks", "effect", "SETTLED").count();
        }

        private void check() {
            PaymentState served = payment.served();
            assertThat(payment.rebuilt()).as("rebuilt, seed %d", seed).isEqualTo(served);
            int ended = gateway.captures + gateway.voids + gateway.lapses;
            assertThat(gateway.holds - ended).as("holds at a time, seed %d", seed).isBetween(0, 1);
            assertThat(gateway.captures).as("captures, seed %d", seed).isLessThanOrEqualTo(1);
            assertThat(gateway.refunded).as("refunded, seed %d", seed).isLessThanOrEqualTo(gateway.captured);
            if (served.total() != null) {
                assertThat(served.captured()).isLessThanOrEqualTo(served.authorized());
                assertThat(served.refunded().plus(served.refunding())).as("given back, seed %d", seed)
                        .isLessThanOrEqualTo(served.captured());
            }
            assertThat(payment.meters.counter("gateway.webhooks", "effect", "CONTRADICTS").count())
                    .as("contradictions, seed %d", seed).isZero();
            int voided = indexOf(PaymentVoided.class);
            if (voided >= 0) {
                assertThat(said().subList(voided, said().size())).as("after the void, seed %d", seed)
                        .noneMatch(event -> event instanceof PaymentAuthorized || event instanceof PaymentCaptured);
                assertThat(gateway.holds).as("held after the void, seed %d", seed).isEqualTo(ended);
            }
            if (indexOf(PaymentCaptured.class) >= 0) {
                assertThat(gateway.captures).as("captures, seed %d", seed).isEqualTo(1);
            }
        }

        private void checkTheEnd() {
            PaymentState served = payment.served();
            if (served.total() == null) {
                return;
            }
            assertThat(served.captured().amountMinor()).as("captured, seed %d", seed).isEqualTo(gateway.captured);
            assertThat(served.refunded().amountMinor()).as("refunded, seed %d", seed).isEqualTo(gateway.refunded);
            assertThat(served.waitsInDoubt()).as("in doubt, seed %d", seed).isFalse();
            Set<RefundId> told = new HashSet<>();
            long sum = said().stream().filter(PaymentRefunded.class::isInstance).map(PaymentRefunded.class::cast)
                    .filter(refund -> told.add(refund.refundId())).mapToLong(refund -> refund.amount().amountMinor())
                    .sum();
            // Of what somebody else did before we knew of the capture nobody is told.
            long untold = served.refunds().stream()
                    .filter(refund -> Refund.ELSEWHERE.equals(refund.requestedBy()) && !told.contains(refund.id()))
                    .map(Refund::amount).mapToLong(amount -> requireNonNull(amount).amountMinor()).sum();
            assertThat(sum + untold).as("told, seed %d", seed).isEqualTo(gateway.refunded);
        }

        private List<Event> said() {
            return payment.said.stream().map(PaymentInMemory.Said::event).toList();
        }

        private int indexOf(Class<? extends Event> type) {
            List<Event> said = said();
            for (int i = 0; i < said.size(); i++) {
                if (type.isInstance(said.get(i))) {
                    return i;
                }
            }
            return -1;
        }
    }
}
