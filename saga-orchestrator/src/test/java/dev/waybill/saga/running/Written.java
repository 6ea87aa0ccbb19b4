package dev.waybill.saga.running;

import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.saga.engine.SampleOrder;
import dev.waybill.saga.engine.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What stands in the database about an order's saga, read past everything that wrote it. */
record Written(JdbcClient database, SampleOrder order) {

    /** A saga's row, as far as tests look at it. */
    record Row(UUID id, String type, int definitionVersion, Status status, String step, String data,
            boolean hasDeadline, int journalSize, long version) {}

    Optional<Row> saga() {
        return database.sql("select *, deadline is not null as has_deadline from saga where order_id = ?")
                .param(order.orderId().value()).query(
                        (row, _) -> new Row(row.getObject("id", UUID.class), row.getString("type"),
                                row.getInt("definition_version"), Status.valueOf(row.getString("status")),
                                row.getString("step"), row.getString("data"), row.getBoolean("has_deadline"),
                                row.getInt("journal_size"), row.getLong("version")))
                .optional();
    }

    Status status() {
        return saga().orElseThrow().status();
    }

    List<String> journal() {
        return database.sql("""
                select kind from saga_journal where saga_id = (select id from saga where order_id = ?) order by seq""")
                .param(order.orderId().value()).query((row, _) -> row.getString(1)).list();
    }

    /** The types of what was sent, without the part that all have in common. */
    List<String> commands() {
        return database.sql("select type from outbox where message_key = ? order by id")
                .param(order.orderId().toString())
                .query((row, _) -> row.getString(1).replaceAll("^dev\\.waybill\\.|\\.v1$", "")).list();
    }

    /** Hands the event to the handler as the answer to the command that asked for it last. */
    void answer(RunningSagas sagas, Event answer, String command) {
        context(lastId(command)).run(() -> sagas.answer(answer));
    }

    MessageId lastId(String command) {
        return database
                .sql("select message_id from outbox where message_key = ? and type = ? order by id desc limit 1")
                .param(order.orderId().toString()).param("dev.waybill." + command + ".v1")
                .query((row, _) -> new MessageId(row.getObject(1, UUID.class))).single();
    }

    MessageContext context(MessageId causationId) {
        return new MessageContext(Ids.nextMessageId(), causationId, new SagaId(saga().orElseThrow().id()),
                order.orderId().toString(), 7, null);
    }
}
