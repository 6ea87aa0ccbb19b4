package dev.waybill.system.auditor.evidence;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the auditor knows, as it was read and without a judgement: the client's own log, each service's rows, every
 * record of every topic, and the books of the gateway and the carrier. It never changes. Orders are named by their id as text, the one
 * thing that all these sources have in common.
 *
 * @param asked what the client asked for, one entry for each attempt; empty where nobody kept a log
 * @param said what the services' outboxes hold, by database and in the order of their ids
 * @param heard every record, by topic, partition and offset
 */
public record Evidence(
        List<Asked> asked,
        List<Order> orders,
        List<StockItem> stock,
        List<Movement> movements,
        List<Reservation> reservations,
        List<Payment> payments,
        List<Shipment> shipments,
        List<Saga> sagas,
        List<Relay> relays,
        List<Said> said,
        List<Heard> heard,
        List<Parked> parked,
        List<Charge> charges,
        List<Parcel> parcels) {

    public Evidence {
        asked = List.copyOf(asked);
        orders = List.copyOf(orders);
        stock = List.copyOf(stock);
        movements = List.copyOf(movements);
        reservations = List.copyOf(reservations);
        payments = List.copyOf(payments);
        shipments = List.copyOf(shipments);
        sagas = List.copyOf(sagas);
        relays = List.copyOf(relays);
        said = List.copyOf(said);
        heard = List.copyOf(heard);
        parked = List.copyOf(parked);
        charges = List.copyOf(charges);
        parcels = List.copyOf(parcels);
    }

    /** An amount of money in its currency's smallest unit. */
    public record Amount(long minor, String currency) {
        @Override
        public String toString() {
            return "%d %s minor".formatted(minor, currency);
        }
    }

    /** So many pieces of one SKU. */
    public record Line(String sku, int quantity) {
        @Override
        public String toString() {
            return quantity + " x " + sku;
        }
    }

    /**
     * One attempt of the client to place an order.
     *
     * @param key its idempotency key, the same at every attempt
     * @param acknowledged null where no 202 came back
     */
    public record Asked(Instant at, String key, String customerId, List<Line> lines,
            @Nullable Acknowledgement acknowledged) {
        public Asked {
            lines = List.copyOf(lines);
        }
    }

    /** What the client was told. */
    public record Acknowledgement(String orderId, Amount total) {}

    /** An order's row, with its lines as the customer wrote them. */
    public record Order(String id, String customerId, String status, @Nullable String reason, Amount total,
            List<Line> lines, Instant placedAt, long eventSequence) {

        public Order {
            lines = List.copyOf(lines);
        }

        /** The fulfillment has succeeded. */
        public boolean isFulfilled() {
            return List.of("CONFIRMED", "SHIPPED", "DELIVERED").contains(status);
        }

        /** The fulfillment has ended without success, or was taken back. */
        public boolean isUndone() {
            return List.of("REJECTED", "CANCELLED").contains(status);
        }

        public boolean isSettled() {
            return isFulfilled() || isUndone();
        }
    }

    public record StockItem(String sku, int onHand, int reserved, long version) {}

    /** A line of a SKU's ledger: what moved, and what the counts were after it. */
    public record Movement(String sku, long version, String kind, int quantity, int onHand, int reserved,
            @Nullable String orderId) {}

    public record Reservation(String orderId, String status, List<Line> lines, long eventSequence) {
        public Reservation {
            lines = List.copyOf(lines);
        }
    }

    public record Payment(String orderId, String status, long capturedMinor, @Nullable String reference,
            long eventSequence) {}

    public record Shipment(String orderId, String status, @Nullable String trackingNumber, long eventSequence) {}

    public record Saga(String id, String type, String orderId, String status, String step) {}

    /** How far a service's relay has come. */
    public record Relay(String database, long position) {}

    /**
     * A row of an outbox.
     *
     * @param headers what has to stand on its record
     */
    public record Said(String database, long id, String topic, String key, Map<String, String> headers,
            String payload) {
        public Said {
            headers = Map.copyOf(headers);
        }

        public Envelope envelope() {
            return new Envelope(headers);
        }
    }

    /** A record of a topic. */
    public record Heard(String topic, int partition, long offset, @Nullable String key, Map<String, String> headers,
            String payload) {
        public Heard {
            headers = Map.copyOf(headers);
        }

        public Envelope envelope() {
            return new Envelope(headers);
        }

        public boolean isCommand() {
            return topic.endsWith(".commands");
        }

        public String place() {
            return "%s-%d@%d".formatted(topic, partition, offset);
        }
    }

    /** A message that a service has put aside. */
    public record Parked(String database, String subscription, String key, String messageId, String state,
            @Nullable String reason) {}

    /** A line of the gateway's books: {@code AUTHORIZE}, {@code CAPTURE}, {@code VOID} or {@code REFUND}. */
    public record Charge(String reference, String orderId, String kind, Amount amount, Instant at) {}

    /** A parcel in the carrier's books. */
    public record Parcel(String trackingNumber, String orderId, String status, List<Step> history) {

        public Parcel {
            history = List.copyOf(history);
        }

        public Optional<Instant> dispatchedAt() {
            return history.stream().filter(step -> step.status().equals("DISPATCHED")).map(Step::at).findFirst();
        }

        public boolean isCancelled() {
            return status.equals("CANCELLED");
        }
    }

    /** What happened to a parcel. */
    public record Step(String status, Instant at) {}
}
