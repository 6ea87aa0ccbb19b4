package dev.waybill.benchmarks.floor;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Stock: reservations of one line each, and the ledger of every movement. */
final class Reserving implements Consumer.Handler {

    private static final String LOCK_RESERVATIONS = """
            select order_id, lines::text from reservation where order_id = any(?) order by order_id for no key update""";
    private static final String LOCK_ITEMS = """
            select sku, on_hand, reserved, version from stock_item where sku = any(?) order by sku for no key update""";
    private static final String RESERVE = """
            insert into reservation (order_id, lines, created_at, updated_at, logical_time, status, shortages,
                                     event_sequence, version)
            select order_id, lines, at, at, logical_time, 'HELD', '[]', 1, 0
              from unnest(?::uuid[], ?::jsonb[], ?::timestamptz[], ?::bigint[]) as t (order_id, lines, at, logical_time)""";
    private static final String COMMIT = """
            update reservation r set status = 'COMMITTED', updated_at = t.at, event_sequence = event_sequence + 1,
                   logical_time = t.logical_time, version = version + 1
              from unnest(?::uuid[], ?::timestamptz[], ?::bigint[]) as t (id, at, logical_time) where r.order_id = t.id""";
    private static final String KEEP_ITEMS = """
            update stock_item s set on_hand = t.on_hand, reserved = t.reserved, version = t.version
              from unnest(?::text[], ?::int[], ?::int[], ?::bigint[]) as t (sku, on_hand, reserved, version)
             where s.sku = t.sku""";
    private static final String KEEP_MOVEMENTS = """
            insert into stock_movement (sku, version, at, kind, quantity, on_hand, reserved, order_id)
            select * from unnest(?::text[], ?::bigint[], ?::timestamptz[], ?::text[], ?::int[], ?::int[], ?::int[],
                                 ?::uuid[])""";

    private record Line(String sku, int quantity) {

        /** @param json as the messages have it, without blanks, or as the database has it */
        static Line read(String json) {
            String tight = json.replace(" ", "");
            return new Line(Text.between(tight, "\"sku\":\"", "\""),
                    Integer.parseInt(Text.between(tight, "\"quantity\":", "}")));
        }

        String json() {
            return "[{\"sku\":\"" + sku + "\",\"quantity\":" + quantity + "}]";
        }
    }

    private static final class Item {
        private int onHand;
        private int reserved;
        private long version;
    }

    @Override
    public void handle(Connection connection, List<Heard> commands) throws SQLException {
        Map<UUID, Line> reserved = lockReservations(connection, commands);
        Map<Heard, Line> lines = new HashMap<>();
        for (Heard command : commands) {
            Line held = reserved.get(command.order());
            lines.put(command, held == null ? Line.read(Text.list(command.payload(), "lines")) : held);
        }
        SortedMap<String, Item> items = lockItems(connection, lines.values());
        var reservations = new Rows("uuid", "jsonb", "timestamptz", "bigint");
        var commits = new Rows("uuid", "timestamptz", "bigint");
        var movements = new Rows("text", "bigint", "timestamptz", "text", "integer", "integer", "integer", "uuid");
        List<Said> answers = new ArrayList<>();
        for (Heard command : commands) {
            Line line = lines.getOrDefault(command, new Line("", 0));
            Item item = items.getOrDefault(line.sku(), new Item());
            OffsetDateTime now = Said.now().atOffset(ZoneOffset.UTC);
            boolean commit = reserved.containsKey(command.order());
            item.version++;
            item.reserved += commit ? -line.quantity() : line.quantity();
            item.onHand -= commit ? line.quantity() : 0;
            movements.add(line.sku(), item.version, now, commit ? "COMMIT" : "RESERVE", line.quantity(), item.onHand,
                    item.reserved, command.order());
            if (commit) {
                commits.add(command.order(), now, command.logicalTime() + 1);
            } else {
                reservations.add(command.order(), line.json(), now, command.logicalTime() + 1);
            }
            answers.add(Said.answer(command, "/inventory-service",
                    "dev.waybill.inventory.stock-" + (commit ? "committed" : "reserved") + ".v1", "reservation",
                    commit ? 2 : 1, "{\"orderId\":\"" + command.key() + "\",\"lines\":" + line.json() + "}"));
        }
        reservations.write(connection, RESERVE);
        commits.write(connection, COMMIT);
        var kept = new Rows("text", "integer", "integer", "bigint");
        items.forEach((sku, item) -> kept.add(sku, item.onHand, item.reserved, item.version));
        kept.write(connection, KEEP_ITEMS);
        movements.write(connection, KEEP_MOVEMENTS);
        Said.append(connection, answers);
    }

    private static Map<UUID, Line> lockReservations(Connection connection, List<Heard> commands) throws SQLException {
        Map<UUID, Line> lines = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(LOCK_RESERVATIONS)) {
            query.setArray(1, connection.createArrayOf("uuid", commands.stream().map(Heard::order).toArray()));
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                lines.put(rows.getObject(1, UUID.class), Line.read(rows.getString(2)));
            }
        }
        return lines;
    }

    private static SortedMap<String, Item> lockItems(Connection connection, Iterable<Line> lines) throws SQLException {
        SortedMap<String, Item> items = new TreeMap<>();
        lines.forEach(line -> items.put(line.sku(), new Item()));
        try (PreparedStatement query = connection.prepareStatement(LOCK_ITEMS)) {
            query.setArray(1, connection.createArrayOf("text", items.keySet().toArray()));
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                Item item = items.getOrDefault(rows.getString(1), new Item());
                item.onHand = rows.getInt(2);
                item.reserved = rows.getInt(3);
                item.version = rows.getLong(4);
            }
        }
        return items;
    }
}
