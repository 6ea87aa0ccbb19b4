package dev.waybill.benchmarks.audit;

import dev.waybill.benchmarks.platform.Databases;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

/**
 * One database's rows, multiplied. Each copy follows the one before as a whole: its rows in the outbox, and its movements in the
 * ledger of each SKU, which begins with what none of the orders has moved.
 */
final class Tables {

    private static final String ORDERED = """
            (select count(*) from stock_movement o where o.sku = stock_movement.sku and o.order_id is not null)""";
    private static final String LEFT = """
            ((select i.on_hand from stock_item i where i.sku = stock_movement.sku)
             - (select b.on_hand from stock_movement b where b.sku = stock_movement.sku and b.order_id is null
                order by version desc limit 1))""";
    /** Columns whose numbers go on from copy to copy. */
    private static final Map<String, String> CHANGING = Map.of(
            "outbox.id", Template.changing("id", "(select max(id) from outbox)"),
            "stock_movement.version", Template.changing("version", ORDERED),
            "stock_movement.on_hand", Template.changing("on_hand", LEFT));

    private static final String AFTERWARDS = """
            select setval('outbox_id_seq', (select max(id) from outbox));
            update outbox_relay set position = (select max(id) from outbox);
            """;
    private static final String AFTERWARDS_ORDERS = """
            select setval('order_number', (select max(substr(number, 3)::bigint) from orders));
            """;
    private static final String AFTERWARDS_INVENTORY = """
            update stock_item item set version = last.version, on_hand = last.on_hand
            from (select distinct on (sku) sku, version, on_hand from stock_movement order by sku, version desc) last
            where last.sku = item.sku;
            """;

    private static final String NOTIFICATIONS = "notifications";
    /** What was made of all that while the orders went their way: the slots of the first generation, and the mails. */
    private static final Map<String, List<String>> MADE_OF_IT = Map.of(
            "orders", List.of("order_search_1", "order_search_sku_1", "timeline_entry_1"),
            NOTIFICATIONS, List.of("correspondence", "notification", "inbox"));
    static final List<String> DATABASES = Stream.concat(Databases.NAMES.stream(), Stream.of(NOTIFICATIONS)).toList();

    private final Databases databases;
    private final String database;
    private final int copies;
    private final long orderNumbers;

    /** @param copies how many there are to be besides the original */
    Tables(Databases databases, String database, int copies, long orderNumbers) {
        this.databases = databases;
        this.database = database;
        this.copies = copies;
        this.orderNumbers = orderNumbers;
    }

    void multiply() throws SQLException, IOException {
        try (Connection connection = databases.connect(database); Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>(Databases.TABLES.getOrDefault(database, List.of()));
            tables.addAll(MADE_OF_IT.getOrDefault(database, List.of()));
            for (String table : tables) {
                multiply(table, connection);
            }
            statement.execute(switch (database) {
                case "orders" -> AFTERWARDS + AFTERWARDS_ORDERS;
                case "inventory" -> AFTERWARDS + AFTERWARDS_INVENTORY;
                // It says nothing itself.
                case NOTIFICATIONS -> "";
                default -> AFTERWARDS;
            });
            statement.execute("vacuum (analyze)");
        }
    }

    private void multiply(String table, Connection connection) throws SQLException, IOException {
        List<String> columns = columns(table, connection);
        CopyManager copying = connection.unwrap(PGConnection.class).getCopyAPI();
        var rows = new ByteArrayOutputStream();
        copying.copyOut("copy (select %s from %s%s) to stdout".formatted(
                columns.stream().map(column -> CHANGING.getOrDefault(table + "." + column, column))
                        .collect(joining(", ")),
                table, table.equals("stock_movement") ? " where order_id is not null order by sku, version" : ""),
                rows);
        List<Template> templates = rows.toString(UTF_8).lines().map(row -> Template.of(row + "\n", orderNumbers))
                .toList();
        CopyIn in = copying.copyIn("copy %s (%s) from stdin".formatted(table, String.join(", ", columns)));
        try {
            for (int copy = 1; copy <= copies; copy++) {
                for (Template template : templates) {
                    byte[] row = template.copy(copy).getBytes(UTF_8);
                    in.writeToCopy(row, 0, row.length);
                }
            }
            in.endCopy();
        } finally {
            if (in.isActive()) {
                in.cancelCopy();
            }
        }
    }

    private static List<String> columns(String table, Connection connection) throws SQLException {
        String sql = """
                select string_agg(quote_ident(attname), ',' order by attnum) from pg_attribute
                where attrelid = '%s'::regclass and attnum > 0 and not attisdropped
                and attgenerated = ''""".formatted(table);
        try (Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return List.of(found.getString(1).split(",", -1));
        }
    }
}
