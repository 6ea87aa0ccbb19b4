package dev.waybill.saga.running;

import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.saga.engine.SampleOrder;
import dev.waybill.saga.engine.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** What stands in the database about an order's sagas, read past everything that wrote it. Unless said, its fulfillment. */
public record Written(JdbcClient database, SampleOrder order) {

    private static final String FULFILLMENT = "order-fulfillment";

    /** A saga's row, as far as tests look at it. */
    public record Row(UUID id, String type, int definitionVersion, @Nullable UUID reference, Status status, String step,
            String data, boolean hasDeadline, int journalSize, long version) {}

    public Optional<Row> saga() {
        return sagas(FULFILLMENT).stream().findFirst();
    }

    /** All of the type, the oldest first. */
    List<Row> sagas(String type) {
        return database
                .sql("select *, deadline is not null as has_deadline from saga where order_id = ? and type = ? order by id")
                .params(order.orderId().value(), type).query(
                        (row, _) -> new Row(row.getObject("id", UUID.class), row.getString("type"),
                                row.getInt("definition_version"), row.getObject("reference", UUID.class),
                                Status.valueOf(row.getString("status")), row.getString("step"), row.getString("data"),
                                row.getBoolean("has_deadline"), row.getInt("journal_size"), row.getLong("version")))
                .list();
    }

    Status status() {
        return saga().orElseThrow().status();
    }

    Status status(String type) {
        return sagas(type).getLast().status();
    }

    public List<String> journal() {
        return saga().map(row -> journal("kind", row)).orElse(List.of());
    }

    List<String> details() {
        return saga().map(row -> journal("detail", row)).orElse(List.of());
    }

    private List<String> journal(String column, Row saga) {
        return database.sql("select %s from saga_journal where saga_id = ? order by seq".formatted(column))
                .param(saga.id()).query((row, _) -> row.getString(1)).list();
    }

    /** The types of what was sent, without the part that all have in common. */
    public List<String> commands() {
        return database.sql("select type from outbox where message_key = ? order by id")
                .param(order.orderId().toString())
                .query((row, _) -> row.getString(1).replaceAll("^dev\\.waybill\\.|\\.v1$", "")).list();
    }

    /** Hands the event to the handler as the answer to the command that asked for it last. */
    void answer(RunningSagas sagas, Event answer, String command) {
        answer(sagas::answer, answer, command);
    }

    /** Hands the event to the handler as the answer to the command that asked for it last. */
    public void answer(Consumer<Event> handler, Event answer, String command) {
        context(lastId(command)).run(() -> handler.accept(answer));
    }

    MessageId lastId(String command) {
        return database
                .sql("select message_id from outbox where message_key = ? and type = ? order by id desc limit 1")
                .param(order.orderId().toString()).param("dev.waybill." + command + ".v1")
                .query((row, _) -> new MessageId(row.getObject(1, UUID.class))).single();
    }

    /** As the answer to this command has it, which some saga has sent. */
    MessageContext context(MessageId causationId) {
        SagaId saga = database.sql("select saga_id from outbox where message_id = ? limit 1").param(causationId.value())
                .query((row, _) -> new SagaId(row.getObject(1, UUID.class))).single();
        return new MessageContext(Ids.nextMessageId(), causationId, saga, order.orderId().toString(), 7, null);
    }
}
