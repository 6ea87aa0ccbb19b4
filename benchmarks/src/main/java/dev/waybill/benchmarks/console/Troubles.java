package dev.waybill.benchmarks.console;

import dev.waybill.benchmarks.platform.Databases;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What an operator has to look at on a bad day, written to the services' tables: sagas that are stuck, messages that are parked, a long journal. */
final class Troubles {

    /** Of either kind; their orders have long come to their end. */
    private static final String SAGAS = """
            with chosen as (
                select id, row_number() over (order by id) as n from saga where status = 'COMPLETED' order by id limit 600)
            update saga set status = case when n % 2 = 0 then 'STUCK' else 'RUNNING' end, deadline = null
            from chosen where chosen.id = saga.id""";
    private static final String JOURNAL = """
            insert into journal (id, at, who, what, about_kind, about_id, reason, outcome, detail, ended_at)
            select gen_random_uuid(), now() - n * interval '1 minute', 'ada', 'retry', 'SAGA', gen_random_uuid(),
                'The carrier answers again', 'DONE', 'Taken on', now() - n * interval '1 minute'
            from generate_series(1, 5000) n""";

    private final Databases databases;

    Troubles(Databases databases) {
        this.databases = databases;
    }

    void make(int parked) throws SQLException {
        execute("saga", SAGAS);
        if (parked > 0) {
            execute("payments", parked(parked));
        }
        execute("console", JOURNAL);
        for (String database : List.of("saga", "payments", "console")) {
            execute(database, "vacuum (analyze)");
        }
    }

    private static String parked(int count) {
        return """
                with made as (
                    select n, md5(n::text)::uuid::text as key from generate_series(1, %d) n),
                keys as (
                    insert into blocked_key (subscription, message_key) select 'payment-commands', key from made)
                insert into parked_message (id, subscription, message_key, message_id, state, type, topic, partition,
                    record_offset, headers, payload, reason, stack, attempts)
                select uuidv7(), 'payment-commands', key, gen_random_uuid(), 'PARKED', 'dev.waybill.payment.authorize.v1',
                    'payment.commands', n %% 12, n, jsonb_build_object('ce_type', 'dev.waybill.payment.authorize.v1',
                    'ce_correlationid', key, 'ce_time', now()::text),
                    convert_to(json_build_object('orderId', key, 'amount', json_build_object('amountMinor', n, 'currency',
                    'EUR'), 'paymentMethod', 'pm_card_visa')::text, 'UTF8'),
                    case when n %% 3 = 0 then 'There is no order ' || key else 'Amount ' || n || ' cannot be authorized' end,
                    repeat('at dev.waybill.payment.payments.Payments.handle(Payments.java:' || n || E')\\n', 30), 3
                from made"""
                .formatted(count);
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection = databases.connect(database); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of what a query finds. */
    List<String> texts(String database, String sql) throws SQLException {
        try (Connection connection = databases.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
