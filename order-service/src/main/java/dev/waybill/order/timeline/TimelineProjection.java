package dev.waybill.order.timeline;

import dev.waybill.events.Envelope;
import dev.waybill.events.Event;
import dev.waybill.events.OrderId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.history.RecordedEvent;
import dev.waybill.order.projections.Generations;
import dev.waybill.order.projections.Projection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Keeps what has happened to each order, an event a row. It is told in the order of cause and effect: by logical time, in which
 * what was brought about is later than what brought it about, however far the clocks of two services are apart. Events that
 * neither brought about stand in a fixed order.
 */
@Repository
class TimelineProjection implements Projection {

    static final String NAME = "timeline";

    private static final Comparator<RecordedEvent<Event>> BY_KEY = Comparator
            .comparing((RecordedEvent<Event> recorded) -> recorded.event().orderId())
            .thenComparing(recorded -> recorded.envelope().id().value());

    private final JdbcClient database;
    private final Generations generations;
    private final JsonMapper json;

    TimelineProjection(JdbcClient database, Generations generations, JsonMapper json) {
        this.database = database;
        this.generations = generations;
        this.json = json;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Topic> topics() {
        return EnumSet.of(Topic.ORDER_EVENTS, Topic.INVENTORY_EVENTS, Topic.PAYMENT_EVENTS, Topic.SHIPPING_EVENTS);
    }

    private record Row(RecordedEvent<Event> recorded, Telling telling) {
        Envelope envelope() {
            return recorded.envelope();
        }
    }

    @Override
    public void apply(int slot, List<RecordedEvent<Event>> events) {
        if (events.isEmpty()) {
            return;
        }
        List<Row> rows = events.stream().sorted(BY_KEY).map(it -> new Row(it, Telling.of(it.event()))).toList();
        database.sql(
                """
                        insert into timeline_entry_%d
                          (order_id, message_id, logical_time, source, sequence, said_at, context, type, title, details)
                        select * from unnest(:orders::uuid[], :messages::uuid[], :logical::bigint[], :sources::text[], :sequences::bigint[],
                                             :said::timestamptz[], :contexts::text[], :types::text[], :titles::text[], :details::text[])
                        on conflict do nothing
                        """
                        .formatted(slot))
                .param("orders", texts(rows, row -> row.recorded().event().orderId()))
                .param("messages", texts(rows, row -> row.envelope().id()))
                .param("logical", texts(rows, row -> row.envelope().logicalTime()))
                .param("sources", texts(rows, row -> row.envelope().source()))
                .param("sequences", texts(rows, row -> row.recorded().sequence()))
                .param("said", texts(rows, row -> row.envelope().time()))
                .param("contexts", texts(rows, row -> partOfType(row.envelope(), 2)))
                .param("types", texts(rows, row -> partOfType(row.envelope(), 3)))
                .param("titles", texts(rows, row -> row.telling().title()))
                .param("details", texts(rows, row -> json.writeValueAsString(row.telling().details()))).update();
    }

    List<TimelineEntry> of(OrderId orderId) {
        return database.sql("""
                select said_at, context, type, title, sequence, details from timeline_entry_%d where order_id = :order
                order by logical_time, source, sequence, message_id
                """.formatted(generations.slotOf(NAME))).param("order", orderId.value()).query(this::entry)
                .list();
    }

    private TimelineEntry entry(ResultSet row, int number) throws SQLException {
        return new TimelineEntry(
                row.getObject("said_at", OffsetDateTime.class).toInstant(),
                row.getString("context"),
                row.getString("type"),
                row.getString("title"),
                row.getLong("sequence"),
                json.readTree(row.getString("details")));
    }

    /** In {@code dev.waybill.payment.captured.v1} the context and the name of the message are the third and the fourth. */
    private static String partOfType(Envelope envelope, int part) {
        return envelope.type().split("\\.", -1)[part];
    }

    private static String[] texts(List<Row> rows, Function<Row, Object> column) {
        return rows.stream().map(column).map(Object::toString).toArray(String[]::new);
    }
}
