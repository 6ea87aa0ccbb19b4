package dev.waybill.benchmarks.floor;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Orders: what is commanded about them. */
final class Confirming implements Consumer.Handler {

    private static final String CONFIRM = """
            update orders o set status = 'CONFIRMED', updated_at = t.at, version = version + 1,
                   event_sequence = event_sequence + 1, logical_time = t.logical_time
              from unnest(?::uuid[], ?::timestamptz[], ?::bigint[]) as t (id, at, logical_time) where o.id = t.id""";

    @Override
    public void handle(Connection connection, List<Heard> commands) throws SQLException {
        var rows = new Rows("uuid", "timestamptz", "bigint");
        List<Said> answers = new ArrayList<>();
        for (Heard command : commands) {
            rows.add(command.order(), Said.now().atOffset(ZoneOffset.UTC), command.logicalTime() + 1);
            answers.add(Said.answer(command, "/order-service", "dev.waybill.order.confirmed.v1", "order", 2,
                    "{\"orderId\":\"" + command.key() + "\"}"));
        }
        rows.write(connection, CONFIRM);
        Said.append(connection, answers);
    }
}
