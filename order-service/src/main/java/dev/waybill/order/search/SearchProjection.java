package dev.waybill.order.search;

import dev.waybill.events.CancellationId;
import dev.waybill.events.Event;
import dev.waybill.events.OrderEvent;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.Sku;
import dev.waybill.events.Topic;
import dev.waybill.messaging.history.RecordedEvent;
import dev.waybill.order.projections.Projection;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keeps what orders are found by. Rows are written in the order of their keys, so that the feed and a rebuild never wait for each
 * other in a circle.
 */
@Repository
class SearchProjection implements Projection {

    static final String NAME = "search";

    private final JdbcClient database;

    SearchProjection(JdbcClient database) {
        this.database = database;
    }

    /** What a batch tells of one order. */
    private record Told(@Nullable RecordedEvent<OrderPlaced> placed, Standing standing) {
        Told and(Told other) {
            return new Told(placed == null ? other.placed : placed, standing.and(other.standing));
        }
    }

    private record Line(Sku sku, RecordedEvent<OrderPlaced> order) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.ORDER_EVENTS);
    }

    @Override
    public void apply(int slot, List<RecordedEvent<Event>> events) {
        Map<UUID, Told> told = new TreeMap<>();
        for (RecordedEvent<Event> recorded : events) {
            if (recorded.event() instanceof OrderEvent event) {
                told.merge(event.orderId().value(), toldBy(recorded, event), Told::and);
            }
        }
        if (told.isEmpty()) {
            return;
        }
        Collection<Told> orders = told.values();
        database.sql(
                """
                        insert into order_search_%d as known
                          (id, number, customer_id, placed_at, reached, cancellation_requested, cancellation_id, refused_cancellations)
                        select id, number, customer_id, placed_at, reached, requested, cancellation, refused::uuid[]
                        from unnest(:ids::uuid[], :numbers::text[], :customers::text[], :placed::timestamptz[], :reached::smallint[],
                                    :requested::bigint[], :cancellations::uuid[], :refused::text[])
                          as told (id, number, customer_id, placed_at, reached, requested, cancellation, refused)
                        on conflict (id) do update set
                          number = coalesce(known.number, excluded.number),
                          customer_id = coalesce(known.customer_id, excluded.customer_id),
                          placed_at = coalesce(known.placed_at, excluded.placed_at),
                          reached = greatest(known.reached, excluded.reached),
                          cancellation_requested = greatest(known.cancellation_requested, excluded.cancellation_requested),
                          cancellation_id = case when excluded.cancellation_requested < known.cancellation_requested
                            then known.cancellation_id else coalesce(excluded.cancellation_id, known.cancellation_id) end,
                          refused_cancellations = array(
                            select distinct refused from unnest(known.refused_cancellations || excluded.refused_cancellations) refused
                            order by refused)
                        where (known.placed_at is null and excluded.placed_at is not null)
                          or excluded.reached > known.reached
                          or excluded.cancellation_requested > known.cancellation_requested
                          or (known.cancellation_id is null and excluded.cancellation_id is not null)
                          or not excluded.refused_cancellations <@ known.refused_cancellations
                        """
                        .formatted(slot))
                .param("ids", texts(told.keySet(), id -> id))
                .param("numbers", texts(orders, order -> ofPlaced(order, it -> it.event().number())))
                .param("customers", texts(orders, order -> ofPlaced(order, it -> it.event().customerId())))
                .param("placed", texts(orders, order -> ofPlaced(order, it -> it.envelope().time())))
                .param("reached", texts(orders, order -> order.standing().reached().stored()))
                .param("requested", texts(orders, order -> order.standing().cancellationRequested()))
                .param("cancellations", texts(orders, order -> order.standing().cancellation()))
                .param("refused", texts(orders, order -> arrayOf(order.standing().refused()))).update();
        List<Line> lines = orders.stream().map(Told::placed).<Line>mapMulti((placed, sink) -> {
            if (placed != null) {
                placed.event().lines().forEach(line -> sink.accept(new Line(line.sku(), placed)));
            }
        }).toList();
        if (!lines.isEmpty()) {
            database.sql(
                    """
                            insert into order_search_sku_%d (sku, placed_at, id)
                            select distinct sku, placed_at, id
                            from unnest(:skus::text[], :placed::timestamptz[], :ids::uuid[]) as line (sku, placed_at, id) order by sku, placed_at, id
                            on conflict do nothing
                            """
                            .formatted(slot))
                    .param("skus", texts(lines, Line::sku))
                    .param("placed", texts(lines, line -> line.order().envelope().time()))
                    .param("ids", texts(lines, line -> line.order().event().orderId())).update();
        }
    }

    private static Told toldBy(RecordedEvent<Event> recorded, OrderEvent event) {
        return new Told(
                event instanceof OrderPlaced placed ? new RecordedEvent<>(recorded.envelope(), placed) : null,
                Standing.toldBy(event, recorded.sequence()));
    }

    private static @Nullable Object ofPlaced(Told order, Function<RecordedEvent<OrderPlaced>, Object> column) {
        return order.placed() == null ? null : column.apply(order.placed());
    }

    private static String arrayOf(List<CancellationId> ids) {
        return ids.stream().map(CancellationId::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static <R> @Nullable String[] texts(Collection<R> rows, Function<R, @Nullable Object> column) {
        return rows.stream().map(column).map(value -> value == null ? null : value.toString()).toArray(String[]::new);
    }
}
