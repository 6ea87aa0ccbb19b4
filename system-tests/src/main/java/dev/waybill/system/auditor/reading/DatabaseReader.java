package dev.waybill.system.auditor.reading;

import dev.waybill.system.auditor.evidence.Evidence.Amount;
import dev.waybill.system.auditor.evidence.Evidence.Line;
import dev.waybill.system.auditor.evidence.Evidence.Movement;
import dev.waybill.system.auditor.evidence.Evidence.Order;
import dev.waybill.system.auditor.evidence.Evidence.Parked;
import dev.waybill.system.auditor.evidence.Evidence.Payment;
import dev.waybill.system.auditor.evidence.Evidence.Relay;
import dev.waybill.system.auditor.evidence.Evidence.Reservation;
import dev.waybill.system.auditor.evidence.Evidence.Saga;
import dev.waybill.system.auditor.evidence.Evidence.Said;
import dev.waybill.system.auditor.evidence.Evidence.Shipment;
import dev.waybill.system.auditor.evidence.Evidence.StockItem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the services keep. The tables are read as they are written in the services' migrations. */
final class DatabaseReader {

    private static final JsonMapper JSON = JsonMapper.shared();

    private DatabaseReader() {}

    static List<Order> orders(Database orders) {
        Map<String, List<Line>> lines = new HashMap<>();
        orders.read("select order_id, sku, quantity from order_line order by order_id, position", row -> lines
                .computeIfAbsent(row.getString("order_id"), order -> new ArrayList<>())
                .add(new Line(row.getString("sku"), row.getInt("quantity"))));
        return orders.read("""
                select id, customer_id, status, reason, total_minor, currency, placed_at, event_sequence
                from orders order by placed_at, id
                """, row -> new Order(row.getString("id"), row.getString("customer_id"), row.getString("status"),
                row.getString("reason"), new Amount(row.getLong("total_minor"), row.getString("currency")),
                lines.getOrDefault(row.getString("id"), List.of()), instant(row, "placed_at"),
                row.getLong("event_sequence")));
    }

    static List<StockItem> stock(Database inventory) {
        return inventory.read("select sku, on_hand, reserved, version from stock_item order by sku",
                row -> new StockItem(row.getString("sku"), row.getInt("on_hand"), row.getInt("reserved"),
                        row.getLong("version")));
    }

    static List<Movement> movements(Database inventory) {
        return inventory.read("""
                select sku, version, kind, quantity, on_hand, reserved, order_id from stock_movement
                order by sku, version
                """, row -> new Movement(row.getString("sku"), row.getLong("version"), row.getString("kind"),
                row.getInt("quantity"), row.getInt("on_hand"), row.getInt("reserved"), row.getString("order_id")));
    }

    static List<Reservation> reservations(Database inventory) {
        return inventory.read("select order_id, status, lines, event_sequence from reservation order by order_id",
                row -> new Reservation(row.getString("order_id"), row.getString("status"),
                        Arrays.asList(JSON.readValue(row.getString("lines"), Line[].class)),
                        row.getLong("event_sequence")));
    }

    static List<Payment> payments(Database payments) {
        return payments.read(
                """
                        select order_id, status, captured_minor, gateway_reference, event_sequence from payment order by order_id
                        """,
                row -> new Payment(row.getString("order_id"), row.getString("status"),
                        row.getLong("captured_minor"), row.getString("gateway_reference"),
                        row.getLong("event_sequence")));
    }

    static List<Shipment> shipments(Database shipping) {
        return shipping.read("select order_id, status, tracking_number, event_sequence from shipment order by order_id",
                row -> new Shipment(row.getString("order_id"), row.getString("status"),
                        row.getString("tracking_number"), row.getLong("event_sequence")));
    }

    static List<Saga> sagas(Database saga) {
        return saga.read("select id, type, order_id, status, step from saga order by started_at, id",
                row -> new Saga(row.getString("id"), row.getString("type"), row.getString("order_id"),
                        row.getString("status"), row.getString("step")));
    }

    static Relay relay(Database database) {
        return new Relay(database.name(), database.number("select position from outbox_relay"));
    }

    static List<Parked> parked(Database database) {
        return database.read("""
                select subscription, message_key, message_id, state, reason from parked_message order by position
                """, row -> new Parked(database.name(), row.getString("subscription"), row.getString("message_key"),
                row.getString("message_id"), row.getString("state"), row.getString("reason")));
    }

    static List<Said> said(Database database) {
        return database.read(
                """
                        select id, message_id, topic, message_key, type, source, subject, sequence, logical_time, correlation_id,
                               causation_id, saga_id, traceparent, said_at, payload
                        from outbox order by id
                        """,
                row -> new Said(database.name(), row.getLong("id"), row.getString("topic"),
                        row.getString("message_key"), headers(row), row.getString("payload")));
    }

    /** The headers that a record of this row must have: CloudEvents 1.0 in Kafka's binary mode. */
    private static Map<String, String> headers(ResultSet row) throws SQLException {
        String type = row.getString("type");
        Map<String, String> headers = new HashMap<>(Map.of("ce_specversion", "1.0", "content-type", "application/json",
                "ce_id", row.getString("message_id"), "ce_source", row.getString("source"), "ce_type", type,
                "ce_subject", row.getString("subject"), "ce_time", instant(row, "said_at").toString(),
                "ce_dataschema", schemaOf(type), "ce_partitionkey", row.getString("message_key")));
        headers.put("ce_logicaltime", row.getString("logical_time"));
        headers.put("ce_correlationid", row.getString("correlation_id"));
        putIfPresent(headers, "ce_sequence", row.getString("sequence"));
        putIfPresent(headers, "ce_causationid", row.getString("causation_id"));
        putIfPresent(headers, "ce_sagaid", row.getString("saga_id"));
        putIfPresent(headers, "traceparent", row.getString("traceparent"));
        return headers;
    }

    private static void putIfPresent(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    /** {@code dev.waybill.<context>.<message>.<version>} */
    private static String schemaOf(String type) {
        String[] parts = type.split("\\.", -1);
        return parts.length == 5 ? "contracts/%s/%s/%s.schema.json".formatted(parts[2], parts[3], parts[4]) : type;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
