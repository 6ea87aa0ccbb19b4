package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.EventCounter;
import dev.waybill.payment.payments.ChangeJson.Stored;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * The tables of payments: for each a row to lock, with its head version, and a stream of changes that is only ever appended to.
 * The row's amounts repeat what the changes come to, so that the database's own constraints stand behind our decisions. However
 * many payments are meant, each method is one statement, and storing changes is two.
 */
@Repository
class PaymentTables {

    /** Raised with every change of {@link PaymentState}'s form: snapshots of another form are passed over, and made again. */
    static final int SNAPSHOT_SCHEMA = 2;

    private static final String LOCK = """
            select order_id from payment where order_id = any (?) order by order_id for no key update""";

    private static final String LOAD = """
            select p.order_id, p.version, p.event_sequence, p.logical_time, s.state, s.upto, c.type, c.schema_version, c.payload
              from payment p
             cross join lateral (
                   select case when p.snapshot_schema = ? then p.snapshot end as state,
                          case when p.snapshot_schema = ? then p.snapshot_version else 0 end as upto) s
              left join payment_event c on c.order_id = p.order_id and c.version > s.upto
             where p.order_id = any (?)
             order by p.order_id, c.version""";

    private static final String ROWS = """
            unnest(?::uuid[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[],
                   ?::bigint[], ?::text[], ?::bigint[], ?::bigint[])
                as r (order_id, version, status, authorized_minor, captured_minor, refunded_minor, refunding_minor,
                      gateway_reference, event_sequence, logical_time, snapshot, was_version, was_sequence)""";

    private static final String INSERT = """
            insert into payment (order_id, version, status, authorized_minor, captured_minor, refunded_minor, refunding_minor,
                                 gateway_reference, event_sequence, logical_time, snapshot, snapshot_version, snapshot_schema)
            select r.order_id, r.version, r.status, r.authorized_minor, r.captured_minor, r.refunded_minor, r.refunding_minor,
                   r.gateway_reference, r.event_sequence, r.logical_time, r.snapshot::jsonb,
                   case when r.snapshot is null then 0 else r.version end, %d
              from %s"""
            .formatted(SNAPSHOT_SCHEMA, ROWS);

    private static final String UPDATE = """
            update payment p
               set version = r.version, status = r.status, authorized_minor = r.authorized_minor,
                   captured_minor = r.captured_minor, refunded_minor = r.refunded_minor, refunding_minor = r.refunding_minor,
                   gateway_reference = r.gateway_reference, event_sequence = r.event_sequence, logical_time = r.logical_time,
                   snapshot = coalesce(r.snapshot::jsonb, p.snapshot),
                   snapshot_version = case when r.snapshot is null then p.snapshot_version else r.version end,
                   snapshot_schema = case when r.snapshot is null then p.snapshot_schema else %d end
              from %s
             where p.order_id = r.order_id and p.version = r.was_version and p.event_sequence = r.was_sequence"""
            .formatted(SNAPSHOT_SCHEMA, ROWS);

    private static final String APPEND = """
            insert into payment_event (order_id, version, type, schema_version, payload, at)
            select c.order_id, c.version, c.type, c.schema_version, c.payload::jsonb, ?
              from unnest(?::uuid[], ?::bigint[], ?::text[], ?::int[], ?::text[])
                as c (order_id, version, type, schema_version, payload)""";

    private static final String STREAM = """
            select version, type, schema_version, payload, at from payment_event
             where order_id = ? and version > ? order by version limit ?""";

    private final JdbcTemplate jdbc;
    private final PaymentSettings settings;
    private final Clock clock;

    PaymentTables(JdbcTemplate jdbc, PaymentSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A payment, and as what it was loaded.
     *
     * @param snapshotVersion what was the last change in its snapshot; 0 where it has none that can be read
     */
    record Loaded(Payment payment, boolean isNew, long version, long sequence, long snapshotVersion) {

        static Loaded asNew(Payment payment) {
            return new Loaded(payment, true, 0, 0, 0);
        }

        /** Not where only the gateway is asked again, say. */
        boolean hasNews() {
            return isNew || payment.version() != version || payment.events().sequence() != sequence;
        }
    }

    /** A change in its stream. */
    record StreamEntry(long version, Stored stored, Instant at) {}

    /** Locks those that exist; answers which. */
    List<UUID> lock(Collection<OrderId> orderIds) {
        return jdbc.query(LOCK, statement -> setIds(statement, 1, orderIds),
                (row, number) -> row.getObject(1, UUID.class));
    }

    /**
     * Loads payments. To be called after the lock and not to be made one statement with it: who has waited for a row is shown
     * that row as it is now, and all other tables as they were before.
     */
    List<Loaded> load(Collection<OrderId> orderIds) {
        List<Loaded> loaded = new ArrayList<>();
        jdbc.query(LOAD, statement -> {
            statement.setInt(1, SNAPSHOT_SCHEMA);
            statement.setInt(2, SNAPSHOT_SCHEMA);
            setIds(statement, 3, orderIds);
        }, (ResultSet rows) -> {
            boolean more = rows.next();
            while (more) {
                more = loadOne(rows, loaded);
            }
            return loaded;
        });
        return loaded;
    }

    /** Answers whether the next row is another payment's. */
    private static boolean loadOne(ResultSet rows, List<Loaded> loaded) throws SQLException {
        UUID id = rows.getObject("order_id", UUID.class);
        long version = rows.getLong("version");
        var events = new EventCounter(rows.getLong("event_sequence"), rows.getLong("logical_time"));
        long upTo = rows.getLong("upto");
        String snapshot = rows.getString("state");
        PaymentState state = snapshot == null ? PaymentState.NEW : ChangeJson.readSnapshot(snapshot);
        long made = upTo;
        boolean more = true;
        while (more && id.equals(rows.getObject("order_id", UUID.class))) {
            if (rows.getString("type") != null) {
                state = state.evolve(ChangeJson.read(stored(rows)));
                made++;
            }
            more = rows.next();
        }
        if (made != version) {
            throw new IllegalStateException(
                    "The payment of order %s is at version %d, but its stream has %d changes".formatted(id, version,
                            made));
        }
        var payment = new Payment(new OrderId(id), state, version, events);
        loaded.add(new Loaded(payment, false, version, events.sequence(), upTo));
        return more;
    }

    /**
     * Stores what has happened to payments since they were loaded.
     *
     * @throws OptimisticLockingFailureException where somebody else has stored something meanwhile
     */
    void store(Collection<Loaded> payments) {
        write(INSERT, payments.stream().filter(Loaded::isNew).toList());
        write(UPDATE, payments.stream().filter(loaded -> !loaded.isNew() && loaded.hasNews()).toList());
        append(payments);
    }

    private void write(String sql, List<Loaded> payments) {
        if (payments.isEmpty()) {
            return;
        }
        int written = jdbc.update(sql, statement -> {
            set(statement, 1, "uuid", payments, loaded -> loaded.payment().orderId().value());
            set(statement, 2, "bigint", payments, loaded -> loaded.payment().version());
            set(statement, 3, "text", payments, loaded -> loaded.payment().state().status().name());
            set(statement, 4, "bigint", payments, minor(PaymentState::authorized));
            set(statement, 5, "bigint", payments, minor(PaymentState::captured));
            set(statement, 6, "bigint", payments, minor(PaymentState::refunded));
            set(statement, 7, "bigint", payments, minor(PaymentState::refunding));
            set(statement, 8, "text", payments, loaded -> loaded.payment().state().reference());
            set(statement, 9, "bigint", payments, loaded -> loaded.payment().events().sequence());
            set(statement, 10, "bigint", payments, loaded -> loaded.payment().events().logicalTime());
            set(statement, 11, "text", payments, this::snapshot);
            set(statement, 12, "bigint", payments, Loaded::version);
            set(statement, 13, "bigint", payments, Loaded::sequence);
        });
        if (written != payments.size()) {
            throw new OptimisticLockingFailureException(
                    "%d of %d payments were changed meanwhile".formatted(payments.size() - written, payments.size()));
        }
    }

    private @Nullable String snapshot(Loaded loaded) {
        Payment payment = loaded.payment();
        return payment.version() - loaded.snapshotVersion() < settings.snapshotEvery()
                ? null
                : ChangeJson.writeSnapshot(payment.state());
    }

    private void append(Collection<Loaded> payments) {
        record Row(UUID orderId, long version, Stored stored) {}
        List<Row> rows = new ArrayList<>();
        for (Loaded loaded : payments) {
            long version = loaded.version();
            for (PaymentChange change : loaded.payment().fresh()) {
                version++;
                rows.add(new Row(loaded.payment().orderId().value(), version, ChangeJson.write(change)));
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        jdbc.update(APPEND, statement -> {
            statement.setObject(1, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            set(statement, 2, "uuid", rows, Row::orderId);
            set(statement, 3, "bigint", rows, Row::version);
            set(statement, 4, "text", rows, row -> row.stored().type());
            set(statement, 5, "int", rows, row -> row.stored().schemaVersion());
            set(statement, 6, "text", rows, row -> row.stored().payload());
        });
    }

    /** Changes of a payment after this one, in their order. */
    List<StreamEntry> stream(OrderId orderId, long after, int limit) {
        return jdbc.query(
                STREAM,
                (row, number) -> new StreamEntry(
                        row.getLong("version"),
                        stored(row),
                        row.getObject("at", OffsetDateTime.class).toInstant()),
                orderId.value(),
                after,
                limit);
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(row.getString("type"), row.getInt("schema_version"), row.getString("payload"));
    }

    /** Where nothing is to be paid yet, nothing is held either. */
    private static Function<Loaded, @Nullable Object> minor(Function<PaymentState, Money> amount) {
        return loaded -> {
            PaymentState state = loaded.payment().state();
            return state.total() == null ? 0L : amount.apply(state).amountMinor();
        };
    }

    private static void setIds(PreparedStatement statement, int index, Collection<OrderId> orderIds)
            throws SQLException {
        set(statement, index, "uuid", List.copyOf(orderIds), OrderId::value);
    }

    private static <R> void set(
            PreparedStatement statement, int index, String type, List<R> rows, Function<R, @Nullable Object> column)
            throws SQLException {
        statement.setArray(
                index,
                statement.getConnection().createArrayOf(type, rows.stream().map(column).toArray()));
    }
}
