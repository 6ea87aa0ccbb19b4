package dev.waybill.system.auditor.reading;

import dev.waybill.system.auditor.evidence.Fact;
import dev.waybill.system.auditor.evidence.Fact.Amount;
import dev.waybill.system.auditor.evidence.Fact.Expired;
import dev.waybill.system.auditor.evidence.Fact.Line;
import dev.waybill.system.auditor.evidence.Fact.Movement;
import dev.waybill.system.auditor.evidence.Fact.Noted;
import dev.waybill.system.auditor.evidence.Fact.Order;
import dev.waybill.system.auditor.evidence.Fact.Parked;
import dev.waybill.system.auditor.evidence.Fact.Payment;
import dev.waybill.system.auditor.evidence.Fact.RefundedByHand;
import dev.waybill.system.auditor.evidence.Fact.Reservation;
import dev.waybill.system.auditor.evidence.Fact.Returned;
import dev.waybill.system.auditor.evidence.Fact.Saga;
import dev.waybill.system.auditor.evidence.Fact.Shipment;
import dev.waybill.system.auditor.evidence.StockBooks.Item;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What the services keep besides their outboxes, of all orders or of some: each in one query, however many there are. The
 * tables are read as they are written in the services' migrations.
 */
final class ServiceRows {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String RESERVATIONS = "select order_id, status, lines, restocks, event_sequence from reservation";

    private final Database database;
    private final @Nullable Collection<UUID> orders;
    private final Consumer<Fact> facts;

    /** @param orders null for all there are */
    ServiceRows(Database database, @Nullable Collection<UUID> orders, Consumer<Fact> facts) {
        this.database = database;
        this.orders = orders;
        this.facts = facts;
    }

    void read() {
        switch (database.name()) {
            case "orders" -> orders();
            case "inventory" -> reservations();
            case "payments" -> payments();
            case "shipping" -> shipments();
            case "saga" -> sagas();
            case "notifications" -> {
                // Mails are nobody's truth: only what it has put aside counts.
            }
            default -> throw new IllegalArgumentException(database.name());
        }
        parked();
    }

    private void each(String sql, String condition, Database.RowTaker taker) {
        database.each(orders == null ? sql : sql + condition, orders, taker);
    }

    private void orders() {
        Map<String, List<Line>> lines = new HashMap<>();
        each("select order_id, sku, quantity from order_line", " where order_id = any(?) order by order_id, position",
                row -> lines.computeIfAbsent(row.getString("order_id"), order -> new ArrayList<>(1))
                        .add(new Line(row.getString("sku").intern(), row.getInt("quantity"))));
        each("select id, customer_id, status, reason, total_minor, currency, placed_at, event_sequence from orders",
                " where id = any(?)", row -> facts.accept(new Order(row.getString("id"),
                        row.getString("customer_id").intern(), row.getString("status").intern(),
                        interned(row, "reason"), new Amount(row.getLong("total_minor"),
                                row.getString("currency").intern()),
                        lines.getOrDefault(row.getString("id"), List.of()),
                        row.getObject("placed_at", OffsetDateTime.class).toInstant(), row.getLong("event_sequence"))));
        each("select order_id, status, refund_minor, currency, lines from order_return", " where order_id = any(?)",
                row -> facts.accept(new Returned(row.getString("order_id"), row.getString("status").intern(),
                        new Amount(row.getLong("refund_minor"), row.getString("currency").intern()),
                        lines(row.getString("lines")))));
    }

    private void reservations() {
        each(RESERVATIONS, " where order_id = any(?)", row -> facts.accept(reservation(row)));
    }

    private static Reservation reservation(ResultSet row) throws SQLException {
        return new Reservation(row.getString("order_id"), row.getString("status").intern(),
                lines(row.getString("lines")),
                JSON.readTree(row.getString("restocks")).valueStream()
                        .flatMap(restock -> lines(restock.path("lines")).stream()).toList(),
                row.getLong("event_sequence"));
    }

    private static List<Line> lines(String json) {
        return lines(JSON.readTree(json));
    }

    /** The amount of money that a message names. */
    private static Amount amountOf(String payload) {
        JsonNode amount = JSON.readTree(payload).path("amount");
        return new Amount(amount.path("amountMinor").asLong(), amount.path("currency").asString().intern());
    }

    /** Which restock a message is about. */
    static String restockOf(String payload) {
        return JSON.readTree(payload).path("restockId").asString("");
    }

    /** The lines that a message names. */
    static List<Line> linesOf(String payload) {
        return lines(JSON.readTree(payload).path("lines"));
    }

    private static List<Line> lines(JsonNode lines) {
        return lines.valueStream()
                .map(line -> new Line(line.path("sku").asString().intern(), line.path("quantity").asInt())).toList();
    }

    private void payments() {
        each("select order_id, status, captured_minor, refunded_minor, gateway_reference, event_sequence from payment",
                " where order_id = any(?)", row -> facts.accept(new Payment(row.getString("order_id"),
                        row.getString("status").intern(), row.getLong("captured_minor"), row.getLong("refunded_minor"),
                        row.getString("gateway_reference"), row.getLong("event_sequence"))));
        each("""
                select asked.order_id, done.payload as payload
                from payment_event asked join payment_event done on done.order_id = asked.order_id
                  and done.type = 'Refunded' and done.payload ->> 'refundId' = asked.payload ->> 'refundId'
                where asked.type = 'RefundRequested' and asked.payload ->> 'requestedBy' is not null
                """, " and asked.order_id = any(?)", row -> facts.accept(
                new RefundedByHand(row.getString("order_id"), amountOf(row.getString("payload")))));
        each("""
                select said.order_id, coalesce(said.payload ->> 'expiredReference', p.gateway_reference) as reference
                from payment_event said join payment p on p.order_id = said.order_id
                where (said.type = 'RenewalRequested'
                       or said.type = 'Lapsed' and said.payload ->> 'reason' = 'AUTHORIZATION_EXPIRED')
                """, " and said.order_id = any(?)", row -> facts.accept(
                new Expired(row.getString("order_id"), row.getString("reference"))));
    }

    private void shipments() {
        each("select order_id, status, tracking_number, event_sequence from shipment", " where order_id = any(?)",
                row -> facts.accept(new Shipment(row.getString("order_id"), row.getString("status").intern(),
                        row.getString("tracking_number"), row.getLong("event_sequence"))));
    }

    /** Of the journals only what the rules ask for: most sagas complete, and of those the commands say enough. */
    private void sagas() {
        each("select id, type, order_id, status, step from saga", " where order_id = any(?)",
                row -> facts.accept(new Saga(row.getString("id"), row.getString("type").intern(),
                        row.getString("order_id"), row.getString("status").intern(),
                        row.getString("step").intern())));
        each("""
                select j.saga_id, s.order_id, j.seq, j.step, j.kind
                from saga_journal j join saga s on s.id = j.saga_id
                where (j.kind = 'RESOLVED'
                       or s.status <> 'COMPLETED' and j.kind in ('DONE', 'IN_DOUBT', 'COMPENSATING', 'UNDONE'))
                """, " and s.order_id = any(?)",
                row -> facts.accept(new Noted(row.getString("saga_id"), row.getString("order_id"), row.getInt("seq"),
                        row.getString("step").intern(), row.getString("kind").intern())));
    }

    private void parked() {
        database.each(
                "select subscription, message_key, message_id, state, reason from parked_message order by position",
                row -> facts.accept(new Parked(database.name(), row.getString("subscription"),
                        row.getString("message_key"), row.getString("message_id"), row.getString("state"),
                        row.getString("reason"))));
    }

    static List<Item> stock(Database inventory) {
        return inventory.read("select sku, on_hand, reserved, version from stock_item order by sku",
                row -> new Item(row.getString("sku").intern(), row.getInt("on_hand"), row.getInt("reserved"),
                        row.getLong("version")));
    }

    static List<Reservation> held(Database inventory) {
        return inventory.read(RESERVATIONS + " where status = 'HELD'", ServiceRows::reservation);
    }

    /** Every SKU's movements in their order, one SKU after the other. */
    static void movements(Database inventory, Map<String, Long> after, Consumer<Movement> movements) {
        List<String> known = after.entrySet().stream()
                .map(sku -> " and (sku <> '%s' or version > %d)".formatted(sku.getKey().replace("'", "''"),
                        sku.getValue()))
                .toList();
        inventory.each("select sku, version, kind, quantity, on_hand, reserved, order_id from stock_movement where true"
                + String.join("", known) + " order by sku, version",
                row -> movements.accept(new Movement(row.getString("sku").intern(), row.getLong("version"),
                        row.getString("kind").intern(), row.getInt("quantity"), row.getInt("on_hand"),
                        row.getInt("reserved"), row.getString("order_id"))));
    }

    private static @Nullable String interned(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : text.intern();
    }
}
