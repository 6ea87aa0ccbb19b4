package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Fact.Acknowledgement;
import dev.waybill.system.auditor.evidence.Fact.Amount;
import dev.waybill.system.auditor.evidence.Fact.Asked;
import dev.waybill.system.auditor.evidence.Fact.Charge;
import dev.waybill.system.auditor.evidence.Fact.Expired;
import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.evidence.Fact.Line;
import dev.waybill.system.auditor.evidence.Fact.Movement;
import dev.waybill.system.auditor.evidence.Fact.Noted;
import dev.waybill.system.auditor.evidence.Fact.Order;
import dev.waybill.system.auditor.evidence.Fact.Parcel;
import dev.waybill.system.auditor.evidence.Fact.Parked;
import dev.waybill.system.auditor.evidence.Fact.Payment;
import dev.waybill.system.auditor.evidence.Fact.RefundedByHand;
import dev.waybill.system.auditor.evidence.Fact.Reservation;
import dev.waybill.system.auditor.evidence.Fact.Returned;
import dev.waybill.system.auditor.evidence.Fact.Saga;
import dev.waybill.system.auditor.evidence.Fact.Said;
import dev.waybill.system.auditor.evidence.Fact.Shipment;
import dev.waybill.system.auditor.evidence.Fact.Step;
import dev.waybill.system.auditor.evidence.Letter;
import dev.waybill.system.auditor.evidence.Pending;
import dev.waybill.system.auditor.evidence.StockBooks;
import dev.waybill.system.auditor.evidence.StockBooks.Item;
import dev.waybill.system.auditor.evidence.StockBooks.Told;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Evidence made by hand: one confirmed order and one that the carrier refused, of a SKU with ten pieces, and everything
 * about them in order. A test spoils one thing in it.
 */
final class Situation {

    static final String CONFIRMED = "order-1";
    static final String REJECTED = "order-2";
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Amount PRICE = new Amount(1380, "EUR");
    private static final List<Line> LINES = List.of(new Line("FILTER-04", 2));

    final List<Asked> asked = new ArrayList<>();
    final List<Order> orders = new ArrayList<>();
    final List<Item> stock = new ArrayList<>();
    final List<Movement> movements = new ArrayList<>();
    final List<Reservation> reservations = new ArrayList<>();
    final List<Payment> payments = new ArrayList<>();
    final List<Shipment> shipments = new ArrayList<>();
    final List<Saga> sagas = new ArrayList<>();
    final List<Noted> notes = new ArrayList<>();
    final List<Told> told = new ArrayList<>();
    final List<Pending> overdue = new ArrayList<>();
    final Set<String> underWay = new HashSet<>();
    final List<Said> said = new ArrayList<>();
    final List<Heard> heard = new ArrayList<>();
    final List<Parked> parked = new ArrayList<>();
    final List<Charge> charges = new ArrayList<>();
    final List<Parcel> parcels = new ArrayList<>();
    final List<Returned> returns = new ArrayList<>();
    final List<RefundedByHand> refunds = new ArrayList<>();
    final List<Expired> expired = new ArrayList<>();
    private final Map<String, Long> offsets = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, Long> rows = new HashMap<>();

    Situation() {
        movements.add(new Movement("FILTER-04", 1, "INITIAL", 10, 10, 0, null));
        confirmedOrder();
        rejectedOrder();
        stock.add(new Item("FILTER-04", 8, 0, 5));
    }

    Evidence evidence() {
        Map<String, Dossier> dossiers = new TreeMap<>();
        Stream.of(asked, orders, movements, reservations, payments, shipments, sagas, notes, said, heard, parked,
                charges, parcels, returns, refunds, expired).flatMap(List::stream).forEach(fact -> {
                    String orderId = fact.orderId();
                    if (orderId != null && !orderId.isEmpty()) {
                        dossiers.computeIfAbsent(orderId, Dossier::new).add(fact);
                    }
                });
        List<Reservation> held = reservations.stream().filter(one -> one.status().equals("HELD")).toList();
        List<Heard> strays = heard.stream().filter(record -> record.letter().key().isEmpty()).toList();
        return new Evidence(asked, List.copyOf(dossiers.values()), underWay, overdue,
                new StockBooks(stock, movements, told, held), strays);
    }

    List<Finding> findings() {
        return Rules.judge(evidence());
    }

    private void confirmedOrder() {
        placed(CONFIRMED, "alice");
        orders.add(new Order(CONFIRMED, "alice", "CONFIRMED", null, PRICE, LINES, NOON, 2));
        movements.add(new Movement("FILTER-04", 2, "RESERVE", 2, 10, 2, CONFIRMED));
        movements.add(new Movement("FILTER-04", 3, "COMMIT", 2, 8, 0, CONFIRMED));
        reservations.add(new Reservation(CONFIRMED, "COMMITTED", LINES, List.of(), 2));
        payments.add(new Payment(CONFIRMED, "CAPTURED", 1380, 0, "pay-1", 2));
        shipments.add(new Shipment(CONFIRMED, "DISPATCHED", "SP1", 2));
        sagas.add(new Saga("saga-1", "order-fulfillment", CONFIRMED, "COMPLETED", "complete"));
        charges.add(new Charge("pay-1", CONFIRMED, "AUTHORIZE", PRICE, NOON.plusSeconds(1)));
        charges.add(new Charge("pay-1", CONFIRMED, "CAPTURE", PRICE, NOON.plusSeconds(2)));
        parcels.add(new Parcel("SP1", CONFIRMED, "DISPATCHED",
                List.of(new Step("BOOKED", NOON.plusSeconds(1)), new Step("DISPATCHED", NOON.plusSeconds(3)))));
        told.add(new Told(1, CONFIRMED, "RESERVE", "", LINES));
        told.add(new Told(2, CONFIRMED, "COMMIT", "", LINES));
        commanded(CONFIRMED, "inventory", "reserve-stock", "reservation", "stock-reserved");
        commanded(CONFIRMED, "payment", "authorize", "payment", "authorized");
        commanded(CONFIRMED, "shipping", "book-shipment", "shipment", "shipment-booked");
        commanded(CONFIRMED, "payment", "capture", "payment", "captured");
        commanded(CONFIRMED, "inventory", "commit-stock", "reservation", "stock-committed");
        commanded(CONFIRMED, "shipping", "dispatch-shipment", "shipment", "shipment-dispatched");
        commanded(CONFIRMED, "order", "confirm", "order", "confirmed");
    }

    private void rejectedOrder() {
        placed(REJECTED, "bob");
        orders.add(new Order(REJECTED, "bob", "REJECTED", "SHIPMENT_REFUSED", PRICE, LINES, NOON.plusSeconds(10), 2));
        movements.add(new Movement("FILTER-04", 4, "RESERVE", 2, 8, 2, REJECTED));
        movements.add(new Movement("FILTER-04", 5, "RELEASE", 2, 8, 0, REJECTED));
        reservations.add(new Reservation(REJECTED, "RELEASED", LINES, List.of(), 2));
        payments.add(new Payment(REJECTED, "VOIDED", 0, 0, "pay-2", 2));
        shipments.add(new Shipment(REJECTED, "REFUSED", null, 1));
        sagas.add(new Saga("saga-2", "order-fulfillment", REJECTED, "COMPENSATED", "reject order"));
        charges.add(new Charge("pay-2", REJECTED, "AUTHORIZE", PRICE, NOON.plusSeconds(11)));
        charges.add(new Charge("pay-2", REJECTED, "VOID", PRICE, NOON.plusSeconds(12)));
        told.add(new Told(3, REJECTED, "RESERVE", "", LINES));
        told.add(new Told(4, REJECTED, "RELEASE", "", LINES));
        note("DONE", "reserve stock");
        note("DONE", "authorize payment");
        note("COMPENSATING", "book shipment");
        note("UNDONE", "authorize payment");
        note("UNDONE", "reserve stock");
        note("DONE", "reject order");
        commanded(REJECTED, "inventory", "reserve-stock", "reservation", "stock-reserved");
        commanded(REJECTED, "payment", "authorize", "payment", "authorized");
        commanded(REJECTED, "shipping", "book-shipment", "shipment", "shipment-refused");
        commanded(REJECTED, "payment", "void", "payment", "voided");
        commanded(REJECTED, "inventory", "release-stock", "reservation", "stock-released");
        commanded(REJECTED, "order", "reject", "order", "rejected");
    }

    /** Of the rejected order's saga. */
    void note(String kind, String step) {
        notes.add(new Noted("saga-2", REJECTED, notes.size() + 1, step, kind));
    }

    private void placed(String orderId, String customerId) {
        asked.add(new Asked(NOON, "key of " + orderId, customerId, LINES, new Acknowledgement(orderId, PRICE)));
        event(orderId, "order", "order", "placed", null);
    }

    void commanded(String orderId, String context, String command, String aggregate, String answer) {
        String id = "%s %s".formatted(command, orderId);
        command(orderId, context, command);
        event(orderId, context, aggregate, answer, id);
    }

    void command(String orderId, String context, String command) {
        add("saga", context + ".commands", orderId,
                new HashMap<>(Map.of("ce_id", "%s %s".formatted(command, orderId), "ce_source", "/saga-orchestrator",
                        "ce_type", "dev.waybill.%s.%s.v1".formatted(context, command), "ce_subject",
                        context + "/" + orderId, "ce_sagaid", sagaOf(orderId))));
    }

    private static String sagaOf(String orderId) {
        return orderId.equals(CONFIRMED) ? "saga-1" : "saga-2";
    }

    /** What was held for the confirmed order runs out before it is captured, and is held once more. */
    Situation renewed() {
        expired.add(new Expired(CONFIRMED, "pay-0"));
        charges.addFirst(new Charge("pay-0", CONFIRMED, "AUTHORIZE", PRICE, NOON));
        return this;
    }

    /** The confirmed order is taken back: the parcel is called back, the money given back, the stock back on the shelf. */
    Situation cancelled() {
        replace(orders, order -> order.orderId().equals(CONFIRMED), order -> new Order(CONFIRMED, "alice", "CANCELLED",
                "changed my mind", PRICE, LINES, NOON, 4));
        movements.add(new Movement("FILTER-04", 6, "RESTOCK", 2, 10, 0, CONFIRMED));
        stock.set(0, new Item("FILTER-04", 10, 0, 6));
        replace(reservations, one -> one.orderId().equals(CONFIRMED),
                one -> new Reservation(CONFIRMED, "COMMITTED", LINES, LINES, 3));
        replace(payments, one -> one.orderId().equals(CONFIRMED),
                one -> new Payment(CONFIRMED, "REFUNDED", 1380, 1380, "pay-1", 3));
        replace(shipments, one -> one.orderId().equals(CONFIRMED),
                one -> new Shipment(CONFIRMED, "CANCELLED", "SP1", 3));
        sagas.add(new Saga("saga-3", "order-cancellation", CONFIRMED, "COMPLETED", "cancel order"));
        charges.add(new Charge("pay-1", CONFIRMED, "REFUND", PRICE, NOON.plusSeconds(20)));
        parcels.set(0, new Parcel("SP1", CONFIRMED, "CANCELLED", parcels.getFirst().history()));
        told.add(new Told(5, CONFIRMED, "RESTOCK", "restock-1", LINES));
        event(CONFIRMED, "order", "order", "cancellation-requested", null);
        commandedBy("saga-3", "shipping", "cancel-shipment", "shipment", "shipment-cancelled");
        commandedBy("saga-3", "payment", "refund", "payment", "refunded");
        commandedBy("saga-3", "inventory", "restock", "reservation", "stock-restocked");
        commandedBy("saga-3", "order", "cancel", "order", "cancelled");
        return this;
    }

    /** The confirmed order's customer gets money back, and keeps the rest. */
    Situation paidBack(long minor) {
        replace(payments, one -> one.orderId().equals(CONFIRMED),
                one -> new Payment(CONFIRMED, "PARTIALLY_REFUNDED", 1380, minor, "pay-1", 3));
        charges.add(new Charge("pay-1", CONFIRMED, "REFUND", new Amount(minor, "EUR"), NOON.plusSeconds(20)));
        event(CONFIRMED, "payment", "payment", "refunded", null);
        return this;
    }

    /** Some pieces of the confirmed order are on the shelf again. */
    Situation broughtBack(int pieces) {
        List<Line> lines = List.of(new Line("FILTER-04", pieces));
        movements.add(new Movement("FILTER-04", 6, "RESTOCK", pieces, 8 + pieces, 0, CONFIRMED));
        stock.set(0, new Item("FILTER-04", 8 + pieces, 0, 6));
        replace(reservations, one -> one.orderId().equals(CONFIRMED),
                one -> new Reservation(CONFIRMED, "COMMITTED", LINES, lines, 3));
        told.add(new Told(5, CONFIRMED, "RESTOCK", "restock-1", lines));
        event(CONFIRMED, "inventory", "reservation", "stock-restocked", null);
        return this;
    }

    private void commandedBy(String saga, String context, String command, String aggregate, String answer) {
        String id = "%s %s".formatted(command, CONFIRMED);
        add("saga", context + ".commands", CONFIRMED,
                new HashMap<>(Map.of("ce_id", id, "ce_source", "/saga-orchestrator", "ce_type",
                        "dev.waybill.%s.%s.v1".formatted(context, command), "ce_subject", context + "/" + CONFIRMED,
                        "ce_sagaid", saga)));
        event(CONFIRMED, context, aggregate, answer, id);
    }

    /** Has an aggregate say something, in its database and on its topic. */
    void event(String orderId, String context, String aggregate, String type, @Nullable String causationId) {
        String subject = aggregate + "/" + orderId;
        Map<String, String> headers = new HashMap<>(Map.of("ce_id", "%s %s".formatted(type, orderId), "ce_source",
                "/" + context, "ce_type", "dev.waybill.%s.%s.v1".formatted(context, type), "ce_subject", subject,
                "ce_sequence", Long.toString(sequences.merge(subject, 1L, Long::sum))));
        if (causationId != null) {
            headers.put("ce_causationid", causationId);
        }
        add(context, context + ".events", orderId, headers);
    }

    private void add(String database, String topic, String key, Map<String, String> headers) {
        headers.put("ce_logicaltime", Integer.toString(said.size() + 1));
        var letter = Letter.of(topic, key, headers, "{}".getBytes(UTF_8));
        said.add(new Said(database, rows.merge(database, 1L, Long::sum), letter));
        heard.add(new Heard(0, nextOffset(topic), letter));
    }

    /** Stands on the topic once more. */
    void heardAgain(Heard record) {
        heard.add(new Heard(record.partition(), nextOffset(record.letter().topic()), record.letter()));
    }

    Heard heard(String orderId, String type) {
        return heard.stream()
                .filter(record -> orderId.equals(record.orderId()) && record.letter().type().contains(type))
                .findFirst().orElseThrow();
    }

    private long nextOffset(String topic) {
        return offsets.merge(topic, 1L, Long::sum) - 1;
    }

    static <T> void replace(List<T> all, Predicate<T> which, UnaryOperator<T> by) {
        if (all.stream().noneMatch(which)) {
            throw new IllegalArgumentException("There is nothing to spoil");
        }
        all.replaceAll(one -> which.test(one) ? by.apply(one) : one);
    }

    static <T> void remove(List<T> all, Predicate<T> which) {
        if (!all.removeIf(which)) {
            throw new IllegalArgumentException("There is nothing to spoil");
        }
    }
}
