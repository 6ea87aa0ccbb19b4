package dev.waybill.benchmarks.floor;

import dev.waybill.benchmarks.floor.Outside.Call;
import dev.waybill.benchmarks.floor.Outside.Outcome;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Shipments: the carrier is asked for a booking, and later to dispatch it. */
final class Shipping implements Consumer.Handler, Outside.Recorder {

    private static final String LOCK = """
            select order_id, tracking_number from shipment where order_id = any(?) order by order_id for update""";
    private static final String BOOK = """
            insert into shipment (order_id, booking, history, version, status, in_doubt, cancel_requested)
            select t.*, 1, 'BOOKING', false, false from unnest(?::uuid[], ?::text[], ?::text[]) as t""";
    private static final String DISPATCH = """
            update shipment s set status = 'DISPATCHING', version = version + 1, history = left(history, -1) || t.step
              from unnest(?::uuid[], ?::text[]) as t (id, step) where s.order_id = t.id""";
    private static final String BOOKED = """
            update shipment s set status = 'BOOKED', carrier = t.carrier, tracking_number = t.tracking,
                   history = left(history, -1) || t.step, version = version + 1, event_sequence = event_sequence + 1,
                   logical_time = t.logical_time
              from unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[])
                   as t (id, logical_time, step, carrier, tracking)
             where s.order_id = t.id""";
    private static final String DISPATCHED = """
            update shipment s set status = 'DISPATCHED', label_url = t.label, booking = null,
                   history = left(history, -1) || t.step, version = version + 1, event_sequence = event_sequence + 1,
                   logical_time = t.logical_time
              from unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[]) as t (id, logical_time, step, label)
             where s.order_id = t.id""";

    private final List<Call> noted = new ArrayList<>();
    private final java.util.function.Consumer<List<Call>> make;

    /** @param make called with what was noted, after the commit */
    Shipping(java.util.function.Consumer<List<Call>> make) {
        this.make = make;
    }

    @Override
    public void handle(Connection connection, List<Heard> commands) throws SQLException {
        noted.clear();
        Map<UUID, String> tracking = lock(connection, commands.stream().map(Heard::order).toArray());
        var bookings = new Rows("uuid", "text", "text");
        var dispatches = new Rows("uuid", "text");
        for (Heard command : commands) {
            String number = tracking.get(command.order());
            if (number == null) {
                bookings.add(command.order(), command.payload(), "[" + step("BOOKING").substring(1));
                String address = Text.between(command.payload(), "\"shippingAddress\":{", "}");
                noted.add(new Call(Said.nextId(), "book", command, "/carrier/shipments",
                        "{\"orderId\":\"" + command.key() + "\",\"address\":{" + address + "},\"items\":"
                                + Text.list(command.payload(), "lines") + "}"));
            } else {
                dispatches.add(command.order(), step("DISPATCHING"));
                noted.add(new Call(Said.nextId(), "dispatch", command, "/carrier/shipments/" + number + "/dispatch",
                        "{}"));
            }
        }
        bookings.write(connection, BOOK);
        dispatches.write(connection, DISPATCH);
        Outside.note(connection, noted);
    }

    /** To be set in the place of the bracket that ends the list. */
    private static String step(String status) {
        return ",{\"at\":\"" + Said.now() + "\",\"status\":\"" + status + "\"}]";
    }

    @Override
    public void committed() {
        make.accept(noted);
    }

    @Override
    public void record(Connection connection, List<Outcome> outcomes) throws SQLException {
        lock(connection, outcomes.stream().map(outcome -> outcome.call().cause().order()).toArray());
        var booked = new Rows("uuid", "bigint", "text", "text", "text");
        var dispatched = new Rows("uuid", "bigint", "text", "text");
        List<Said> answers = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            Heard command = outcome.call().cause();
            long time = command.logicalTime() + 1;
            String number = outcome.text("trackingNumber");
            if (outcome.call().kind().equals("book")) {
                String carrier = outcome.text("carrier");
                booked.add(command.order(), time, step("BOOKED"), carrier, number);
                answers.add(answer(command, "booked", 1,
                        ",\"carrier\":\"" + carrier + "\",\"trackingNumber\":\"" + number + "\""));
            } else {
                String label = outcome.text("labelUrl");
                dispatched.add(command.order(), time, step("DISPATCHED"), label);
                answers.add(answer(command, "dispatched", 2,
                        ",\"trackingNumber\":\"" + number + "\",\"labelUrl\":\"" + label + "\""));
            }
        }
        booked.write(connection, BOOKED);
        dispatched.write(connection, DISPATCHED);
        Said.append(connection, answers);
    }

    private static Said answer(Heard command, String what, long sequence, String fields) {
        return Said.answer(command, "/shipping-service", "dev.waybill.shipping.shipment-" + what + ".v1", "shipment",
                sequence, "{\"orderId\":\"" + command.key() + "\"" + fields + "}");
    }

    private static Map<UUID, String> lock(Connection connection, Object[] orders) throws SQLException {
        Map<UUID, String> tracking = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(LOCK)) {
            query.setArray(1, connection.createArrayOf("uuid", orders));
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                String number = rows.getString(2);
                tracking.put(rows.getObject(1, UUID.class), number == null ? "" : number);
            }
        }
        return tracking;
    }
}
