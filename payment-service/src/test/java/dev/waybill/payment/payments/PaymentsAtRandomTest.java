package dev.waybill.payment.payments;

import dev.waybill.events.Command;
import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentCommand.VoidPayment;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.PaymentEvent.PaymentVoided;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.Outbox;
import dev.waybill.messaging.outside.OutsideCall;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of payments, each told anything in any order, over a wire that loses what it likes. Whatever comes, the gateway's
 * books stay right and every command gets its one answer.
 */
class PaymentsAtRandomTest {

    private static final int RUNS = 20_000;

    @Test
    void theGatewaysBooksStayRightAndEveryCommandIsAnsweredOnce() {
        int captures = 0;
        int voids = 0;
        int parked = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Run run = new Run(seed);
            run.play();
            captures += run.gateway.captures;
            voids += run.gateway.voids;
            parked += run.parked;
        }
        // What was aimed at did happen.
        assertThat(captures).isGreaterThan(RUNS / 50);
        assertThat(voids).isGreaterThan(RUNS / 50);
        assertThat(parked).isGreaterThan(RUNS / 50);
    }

    /** One order's payment, its queue of open calls and its outbox, in memory. */
    private static final class Run implements Payments, Outbox {

        private record Open(String kind, UUID key) {}

        private final int seed;
        private final Random random;
        private final OrderId order = new OrderId(Ids.next());
        private final Deque<Open> open = new ArrayDeque<>();
        private final List<Event> said = new ArrayList<>();
        private final ModelGateway gateway;
        private final AuthorizingPayment authorizing;
        private final VoidingPayment voiding;
        private final CapturingPayment capturing;
        private final Map<String, OutsideCall<?>> calls;
        private @Nullable Payment payment;
        private int commands;
        private int parked;

        Run(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.gateway = new ModelGateway(random);
            var desk = new PaymentDesk(this, this, (kind, orderId) -> open.add(new Open(kind, Ids.next())));
            this.authorizing = new AuthorizingPayment(desk, gateway);
            this.voiding = new VoidingPayment(desk, gateway);
            this.capturing = new CapturingPayment(desk, gateway);
            this.calls = Stream.of(authorizing, voiding, capturing)
                    .collect(Collectors.toMap(OutsideCall::kind, Function.identity()));
        }

        void play() {
            int steps = 2 + random.nextInt(14);
            for (int i = 0; i < steps; i++) {
                if (random.nextBoolean()) {
                    command();
                } else {
                    makeNextCall();
                }
                check();
            }
            gateway.reliable = true;
            while (!open.isEmpty()) {
                makeNextCall();
                check();
            }
            assertThat(said).as("answers, seed %d", seed).hasSize(commands - parked);
        }

        private void command() {
            commands++;
            try {
                switch (random.nextInt(5)) {
                    case 0, 1 -> authorizing.authorize(
                            new AuthorizePayment(order, Money.of(500, "JPY"), new PaymentMethod("pm_card_visa")));
                    case 2 -> voiding.voidAuthorization(new VoidPayment(order));
                    default -> capturing.capture(new CapturePayment(order));
                }
            } catch (IllegalStateException forbidden) {
                parked++;
            }
        }

        private void makeNextCall() {
            Open next = open.peek();
            if (next != null) {
                make(next, requireNonNull(calls.get(next.kind())));
            }
        }

        private <R> void make(Open next, OutsideCall<R> call) {
            R outcome;
            try {
                outcome = call.call(order, next.key());
            } catch (IllegalStateException lost) {
                call.inDoubt(order);
                return;
            }
            open.remove();
            call.record(order, outcome);
        }

        private void check() {
            assertThat(gateway.holds).as("holds, seed %d", seed).isLessThanOrEqualTo(1);
            assertThat(gateway.captures + gateway.voids + (gateway.lapsed ? 1 : 0))
                    .as("ends of the hold, seed %d", seed)
                    .isLessThanOrEqualTo(gateway.holds);
            int voided = indexOf(PaymentVoided.class);
            if (voided >= 0) {
                assertThat(said.subList(voided, said.size())).as("after the void, seed %d", seed)
                        .noneMatch(event -> event instanceof PaymentAuthorized || event instanceof PaymentCaptured);
                assertThat(gateway.holds).as("held after the void, seed %d", seed)
                        .isEqualTo(gateway.voids + (gateway.lapsed ? 1 : 0));
            }
            if (indexOf(PaymentCaptured.class) >= 0) {
                assertThat(gateway.captures).as("captures, seed %d", seed).isEqualTo(1);
            }
        }

        private int indexOf(Class<? extends Event> type) {
            for (int i = 0; i < said.size(); i++) {
                if (type.isInstance(said.get(i))) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public Optional<Payment> find(OrderId orderId) {
            return Optional.ofNullable(payment);
        }

        @Override
        public void add(Payment added) {
            payment = added;
        }

        @Override
        public void lock(Collection<OrderId> orderIds) {
            // Nobody else is there.
        }

        @Override
        public MessageId append(Aggregate aggregate, Event event) {
            said.add(event);
            return Ids.nextMessageId();
        }

        @Override
        public void send(Aggregate sender, SagaId sagaId, MessageId id, Command<?> command) {
            throw new UnsupportedOperationException();
        }
    }
}
