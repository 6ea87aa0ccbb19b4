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
import dev.waybill.events.ShippingEvent.ParcelDelivered;
import dev.waybill.events.ShippingEvent.ParcelHandedOver;
import dev.waybill.events.ShippingEvent.ParcelInTransit;
import dev.waybill.events.ShippingEvent.ShipmentBooked;
import dev.waybill.events.ShippingEvent.ShipmentCancelled;
import dev.waybill.events.ShippingEvent.ShipmentDispatched;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.Outbox;
import dev.waybill.messaging.outside.OutsideCall;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of shipments, each told anything in any order, over a wire that loses what it likes, with drivers who scan whenever
 * they like. Whatever comes, the carrier's books stay right, every command gets its one answer, and what is told of the parcel
 * only goes forward and never past a cancellation.
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
        int delivered = 0;
        int waited = 0;
        int leftAllTheSame = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Run run = new Run(seed);
            run.play();
            labels += run.carrier.labels;
            cancellations += run.carrier.cancellations;
            parked += run.parked;
            delivered += run.indexOf(ParcelDelivered.class) >= 0 ? 1 : 0;
            waited += run.waited;
            leftAllTheSame += run.hasLeftAllTheSame() ? 1 : 0;
        }
        // What was aimed at did happen.
        assertThat(labels).isGreaterThan(RUNS / 50);
        assertThat(cancellations).isGreaterThan(RUNS / 50);
        assertThat(parked).isGreaterThan(RUNS / 50);
        assertThat(delivered).isGreaterThan(RUNS / 50);
        assertThat(waited).isGreaterThan(RUNS / 50);
        assertThat(leftAllTheSame).isGreaterThan(RUNS / 50);
    }

    /** One order's shipment, its queue of open calls and its outbox, in memory. */
    private static final class Run implements Shipments, Outbox {

        private static final MeterRegistry METERS = new SimpleMeterRegistry();
        private static final Instant BEGINNING = Instant.parse("2026-11-21T14:00:00Z");

        private static final List<CarrierWebhook.Status> TOLD = List.of(CarrierWebhook.Status.values());
        private static final List<Class<?>> WAY = List
                .of(ParcelHandedOver.class, ParcelInTransit.class, ParcelDelivered.class);

        private record Open(String kind, UUID key) {}

        private final int seed;
        private final Random random;
        private final OrderId order = new OrderId(Ids.next());
        private final Deque<Open> open = new ArrayDeque<>();
        private final List<Event> said = new ArrayList<>();
        private final ModelCarrier carrier;
        private final ShippingDesk desk;
        private final Map<String, OutsideCall<?>> calls;
        private final List<CarrierWebhook> webhooks = new ArrayList<>();
        private final HearingFromCarrier hearing;
        private @Nullable Shipment shipment;
        private int commands;
        private int parked;
        private int waited;

        Run(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.carrier = new ModelCarrier(random);
            this.desk = new ShippingDesk(
                    this, this, new NotedCalls(kind -> open.add(new Open(kind, Ids.next()))), Clock.systemUTC(),
                    METERS);
            Set<String> heard = new HashSet<>();
            this.hearing = new HearingFromCarrier((webhook, now) -> heard.add(webhook.id()), this, desk, METERS,
                    Clock.systemUTC());
            this.calls = Stream
                    .of(new BookingShipment(desk, carrier), new CancellingShipment(desk, carrier),
                            new DispatchingShipment(desk, carrier))
                    .collect(Collectors.toMap(OutsideCall::kind, Function.identity()));
        }

        void play() {
            int steps = 4 + random.nextInt(20);
            for (int i = 0; i < steps; i++) {
                switch (random.nextInt(7)) {
                    case 0, 1, 2 -> command();
                    case 3, 4, 5 -> makeNextCall();
                    default -> hear();
                }
                check();
            }
            carrier.reliable = true;
            while (!open.isEmpty()) {
                makeNextCall();
                check();
            }
            assertThat(said).filteredOn(event -> !isOfParcel(event)).as("answers, seed %d", seed)
                    .hasSize(commands - parked);
            checkParcel();
        }

        /** A scan, by whatever clock the driver has; or a webhook that was sent before. */
        private void hear() {
            if (!webhooks.isEmpty() && random.nextInt(4) == 0) {
                hearing.hear(webhooks.get(random.nextInt(webhooks.size())));
                return;
            }
            var status = TOLD.get(random.nextInt(TOLD.size()));
            var webhook = new CarrierWebhook(Ids.next().toString(), "T-1", order.toString(), status,
                    BEGINNING.plusSeconds(random.nextInt(100)));
            int before = said.size();
            boolean known = shipment != null;
            hearing.hear(webhook);
            if (known) {
                webhooks.add(webhook);
                waited += said.size() == before && isScan(webhook) ? 1 : 0;
            }
        }

        private static boolean isScan(CarrierWebhook webhook) {
            return Arrays.stream(ParcelStatus.values())
                    .anyMatch(status -> status.name().equals(webhook.status().name()));
        }

        private static boolean isOfParcel(Event event) {
            return event instanceof ParcelHandedOver || event instanceof ParcelInTransit
                    || event instanceof ParcelDelivered;
        }

        boolean hasLeftAllTheSame() {
            return shipment != null && shipment.hasLeftAllTheSame();
        }

        /** Whether every scan is kept, and all that can be told of them is. */
        private void checkParcel() {
            if (shipment == null) {
                return;
            }
            Set<String> scanned = webhooks.stream().filter(Run::isScan).map(webhook -> webhook.status().name())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(shipment.parcel().scans()).as("scans, seed %d", seed)
                    .extracting(scan -> scan.status().name()).containsExactlyInAnyOrderElementsOf(scanned);
            assertThat(shipment.parcel().scans()).as("scans, seed %d", seed).extracting(ParcelScans.Scan::at)
                    .isSorted();
            boolean isLeaving = shipment.status() == ShipmentStatus.DISPATCHED
                    || shipment.status() == ShipmentStatus.HANDED_OVER;
            ParcelStatus furthest = shipment.parcel().scans().stream().map(ParcelScans.Scan::status)
                    .max(Comparator.naturalOrder()).orElse(null);
            assertThat(shipment.parcel().told()).as("told, seed %d", seed).isEqualTo(isLeaving ? furthest : null);
        }

        private void command() {
            commands++;
            try {
                switch (random.nextInt(5)) {
                    case 0, 1 -> desk.book(new BookShipment(order, ADDRESS, LINES));
                    case 2 -> desk.cancel(new CancelShipment(order));
                    default -> desk.dispatch(new DispatchShipment(order));
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
            List<Integer> way = said.stream().filter(Run::isOfParcel)
                    .map(event -> WAY.indexOf(event.getClass())).toList();
            assertThat(way).as("the parcel's way, seed %d", seed).isSorted().doesNotHaveDuplicates();
            int cancelled = indexOf(ShipmentCancelled.class);
            if (cancelled >= 0) {
                assertThat(way).as("a parcel that is cancelled has not left, seed %d", seed).isEmpty();
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
        public Optional<OrderId> orderOf(String trackingNumber, Optional<OrderId> booked) {
            return Optional.ofNullable(shipment).map(Shipment::orderId);
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
