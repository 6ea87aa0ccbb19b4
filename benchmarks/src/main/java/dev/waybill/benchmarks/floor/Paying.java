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

/** Payments: the gateway is asked to hold the amount, and later to take it. */
final class Paying implements Consumer.Handler, Outside.Recorder {

    private static final String LOCK = """
            select order_id, gateway_reference, total_minor, currency from payment
             where order_id = any(?) order by order_id for update""";
    private static final String AUTHORIZE = """
            insert into payment (order_id, total_minor, currency, payment_method, version, status, in_doubt, void_requested,
                                 authorized_minor, captured_minor)
            select t.*, 1, 'AUTHORIZING', false, false, 0, 0 from unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[]) as t""";
    private static final String CAPTURE = """
            update payment set status = 'CAPTURING', version = version + 1 where order_id = any(?::uuid[])""";
    private static final String AUTHORIZED = """
            update payment p set status = 'AUTHORIZED', authorized_minor = total_minor, gateway_reference = t.reference,
                   version = version + 1, event_sequence = event_sequence + 1, logical_time = t.logical_time
              from unnest(?::uuid[], ?::bigint[], ?::text[]) as t (id, logical_time, reference) where p.order_id = t.id""";
    private static final String CAPTURED = """
            update payment p set status = 'CAPTURED', captured_minor = authorized_minor, version = version + 1,
                   event_sequence = event_sequence + 1, logical_time = t.logical_time
              from unnest(?::uuid[], ?::bigint[]) as t (id, logical_time) where p.order_id = t.id""";

    private record Payment(String reference, String amount) {}

    private final List<Call> noted = new ArrayList<>();
    private final java.util.function.Consumer<List<Call>> make;

    /** @param make called with what was noted, after the commit */
    Paying(java.util.function.Consumer<List<Call>> make) {
        this.make = make;
    }

    @Override
    public void handle(Connection connection, List<Heard> commands) throws SQLException {
        noted.clear();
        Map<UUID, Payment> payments = lock(connection, commands.stream().map(Heard::order).toArray());
        var authorizations = new Rows("uuid", "bigint", "text", "text");
        var captures = new Rows("uuid");
        for (Heard command : commands) {
            Payment known = payments.get(command.order());
            if (known == null) {
                long total = Long.parseLong(Text.between(command.payload(), "\"amountMinor\":", ","));
                authorizations.add(command.order(), total, command.text("currency"), command.text("paymentMethod"));
                noted.add(new Call(Said.nextId(), "authorize", command, "/gateway/authorizations", command.payload()));
            } else {
                captures.add(command.order());
                noted.add(new Call(Said.nextId(), "capture", command,
                        "/gateway/authorizations/" + known.reference() + "/captures",
                        "{\"amount\":" + known.amount() + "}"));
            }
        }
        authorizations.write(connection, AUTHORIZE);
        captures.write(connection, CAPTURE);
        Outside.note(connection, noted);
    }

    @Override
    public void committed() {
        make.accept(noted);
    }

    @Override
    public void record(Connection connection, List<Outcome> outcomes) throws SQLException {
        Map<UUID, Payment> payments = lock(connection,
                outcomes.stream().map(outcome -> outcome.call().cause().order()).toArray());
        var authorized = new Rows("uuid", "bigint", "text");
        var captured = new Rows("uuid", "bigint");
        List<Said> answers = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            Heard command = outcome.call().cause();
            boolean capture = outcome.call().kind().equals("capture");
            String reference = outcome.text("reference");
            if (capture) {
                captured.add(command.order(), command.logicalTime() + 1);
            } else {
                authorized.add(command.order(), command.logicalTime() + 1, reference);
            }
            String amount = payments.getOrDefault(command.order(), new Payment("", "")).amount();
            answers.add(Said.answer(command, "/payment-service",
                    "dev.waybill.payment." + (capture ? "captured" : "authorized") + ".v1", "payment", capture ? 2 : 1,
                    "{\"orderId\":\"" + command.key() + "\",\"amount\":" + amount + ",\"gatewayReference\":\""
                            + reference
                            + "\"}"));
        }
        authorized.write(connection, AUTHORIZED);
        captured.write(connection, CAPTURED);
        Said.append(connection, answers);
    }

    private static Map<UUID, Payment> lock(Connection connection, Object[] orders) throws SQLException {
        Map<UUID, Payment> payments = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(LOCK)) {
            query.setArray(1, connection.createArrayOf("uuid", orders));
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                String amount = "{\"amountMinor\":" + rows.getLong(3) + ",\"currency\":\"" + rows.getString(4) + "\"}";
                String reference = rows.getString(2);
                payments.put(rows.getObject(1, UUID.class), new Payment(reference == null ? "" : reference, amount));
            }
        }
        return payments;
    }
}
