package dev.waybill.shipping.shipments;

import dev.waybill.events.Address;
import dev.waybill.events.Command;
import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.SagaId;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import dev.waybill.events.ShippingEvent.ShipmentBooked;
import dev.waybill.events.ShippingEvent.ShipmentCancelled;
import dev.waybill.events.ShippingEvent.ShipmentDispatched;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.Outbox;
import dev.waybill.messaging.outside.OutsideCall;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Clock;
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
 * Thousands of shipments, each told anything in any order, over a wire that loses what it likes. Whatever comes, the carrier's
 * books stay right and every command gets its one answer.
 */
class ShipmentsAtRandomTest {

    private static final int RUNS = 20_000;
    private static final Address ADDRESS = new Address("Alice Doe", "1 Main St", null, "Berlin", "10115", "DE");
    private static final List<StockLine> LINES = List.of(new StockLine(new Sku("ESPRESSO-01"), new Quantity(2)));

    @Test
    void theCarriersBooksStayRightAndEveryCommandIsAnsweredOnce() {
        int labels = 0;
        int cancellations = 0;
        int parked = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Run run = new Run(seed);
            run.play();
            labels += run.carrier.labels;
            cancellations += run.carrier.cancellations;
            parked += run.parked;
        }
        // What was aimed at did happen.
        assertThat(labels).isGreaterThan(RUNS / 50);
        assertThat(cancellations).isGreaterThan(RUNS / 50);
        assertThat(parked).isGreaterThan(RUNS / 50);
    }

    /** One order's shipment, its queue of open calls and its outbox, in memory. */
    private static final class Run implements Shipments, Outbox {

        private record Open(String kind, UUID key) {}

        private final int seed;
        private final Random random;
        private final OrderId order = new OrderId(Ids.next());
        private final Deque<Open> open = new ArrayDeque<>();
        private final List<Event> said = new ArrayList<>();
        private final ModelCarrier carrier;
        private final BookingShipment booking;
        private final CancellingShipment cancelling;
        private final DispatchingShipment dispatching;
        private final Map<String, OutsideCall<?>> calls;
        private @Nullable Shipment shipment;
        private int commands;
        private int parked;

        Run(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.carrier = new ModelCarrier(random);
            var desk = new ShippingDesk(
                    this, this, (kind, orderId) -> open.add(new Open(kind, Ids.next())), Clock.systemUTC());
            this.booking = new BookingShipment(desk, carrier);
            this.cancelling = new CancellingShipment(desk, carrier);
            this.dispatching = new DispatchingShipment(desk, carrier);
            this.calls = Stream.of(booking, cancelling, dispatching)
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
            carrier.reliable = true;
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
                    case 0, 1 -> booking.book(new BookShipment(order, ADDRESS, LINES));
                    case 2 -> cancelling.cancel(new CancelShipment(order));
                    default -> dispatching.dispatch(new DispatchShipment(order));
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
            assertThat(carrier.bookings).as("bookings, seed %d", seed).isLessThanOrEqualTo(1);
            assertThat(carrier.labels).as("labels, seed %d", seed).isLessThanOrEqualTo(carrier.bookings);
            assertThat(carrier.cancellations).as("cancellations, seed %d", seed).isLessThanOrEqualTo(carrier.bookings);
            int cancelled = indexOf(ShipmentCancelled.class);
            if (cancelled >= 0) {
                assertThat(said.subList(cancelled, said.size())).as("after the cancellation, seed %d", seed)
                        .noneMatch(event -> event instanceof ShipmentBooked);
                assertThat(carrier.bookings).as("booked after the cancellation, seed %d", seed)
                        .isEqualTo(carrier.cancellations);
            }
            if (indexOf(ShipmentDispatched.class) >= 0) {
                assertThat(carrier.labels).as("labels, seed %d", seed).isEqualTo(1);
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
        public Optional<Shipment> find(OrderId orderId) {
            return Optional.ofNullable(shipment);
        }

        @Override
        public void add(Shipment added) {
            shipment = added;
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
