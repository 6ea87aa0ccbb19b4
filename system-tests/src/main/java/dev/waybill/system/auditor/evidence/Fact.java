package dev.waybill.system.auditor.evidence;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that one source says: the client's log, a service's row, a record of a topic, a line in the gateway's or the
 * carrier's book. As it was read, and without a judgement. Orders are named by their id as text, the one thing that all
 * sources have in common.
 */
public sealed interface Fact {

    /** The order that it is about; null where it is about none. */
    @Nullable String orderId();

    /** An amount of money in its currency's smallest unit. */
    record Amount(long minor, String currency) {
        @Override
        public String toString() {
            return "%d %s minor".formatted(minor, currency);
        }
    }

    /** So many pieces of one SKU. */
    record Line(String sku, int quantity) {
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
    record Asked(Instant at, String key, String customerId, List<Line> lines, @Nullable Acknowledgement acknowledged)
            implements
                Fact {
        public Asked {
            lines = List.copyOf(lines);
        }

        @Override
        public @Nullable String orderId() {
            return acknowledged == null ? null : acknowledged.orderId();
        }
    }

    /** What the client was told. */
    record Acknowledgement(String orderId, Amount total) {}

    /** An order's row, with its lines as the customer wrote them. */
    record Order(String orderId, String customerId, String status, @Nullable String reason, Amount total,
            List<Line> lines, Instant placedAt, long eventSequence) implements Fact {

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

    /** A line of a SKU's ledger: what moved, and what the counts were after it. */
    record Movement(String sku, long version, String kind, int quantity, int onHand, int reserved,
            @Nullable String orderId) implements Fact {}

    /** @param restocked what has come back of it, a line for each time */
    record Reservation(String orderId, String status, List<Line> lines, List<Line> restocked,
            long eventSequence) implements Fact {
        public Reservation {
            lines = List.copyOf(lines);
            restocked = List.copyOf(restocked);
        }
    }

    /** Pieces of an order that came back, or were to. */
    record Returned(String orderId, String status, Amount refund, List<Line> lines) implements Fact {
        public Returned {
            lines = List.copyOf(lines);
        }
    }

    /** Money that a person has given back, and no saga. */
    record RefundedByHand(String orderId, Amount amount) implements Fact {}

    record Payment(String orderId, String status, long capturedMinor, long refundedMinor, @Nullable String reference,
            long eventSequence) implements Fact {}

    /** An authorization that ran out before it was captured, as the payment's own events say: it holds nothing any more. */
    record Expired(String orderId, String reference) implements Fact {}

    record Shipment(String orderId, String status, @Nullable String trackingNumber,
            long eventSequence) implements Fact {}

    record Saga(String id, String type, String orderId, String status, String step) implements Fact {}

    /**
     * A line of a saga's journal; only those that say what became of its steps, and only of sagas that did not simply complete; besides,
     * that a person has resolved it.
     */
    record Noted(String sagaId, String orderId, int number, String step, String kind) implements Fact {}

    /**
     * A row of an outbox that its relay has marked as published.
     *
     * @param letter what has to stand on the topic
     */
    record Said(String database, long row, Letter letter) implements Fact {
        @Override
        public String orderId() {
            return letter.key();
        }
    }

    /** A record of a topic. */
    record Heard(int partition, long offset, Letter letter) implements Fact {
        @Override
        public String orderId() {
            return letter.key();
        }

        public String place() {
            return "%s-%d@%d".formatted(letter.topic(), partition, offset);
        }
    }

    /** A message that a service has put aside. */
    record Parked(String database, String subscription, String key, String messageId, String state,
            @Nullable String reason) implements Fact {
        @Override
        public String orderId() {
            return key;
        }
    }

    /** A line of the gateway's books: {@code AUTHORIZE}, {@code CAPTURE}, {@code VOID} or {@code REFUND}. */
    record Charge(String reference, String orderId, String kind, Amount amount, Instant at) implements Fact {}

    /** A parcel in the carrier's books. */
    record Parcel(String trackingNumber, String orderId, String status, List<Step> history) implements Fact {

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
    record Step(String status, Instant at) {}
}
