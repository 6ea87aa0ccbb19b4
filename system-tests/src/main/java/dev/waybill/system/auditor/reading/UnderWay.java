package dev.waybill.system.auditor.reading;

import dev.waybill.system.auditor.evidence.Pending;
import dev.waybill.system.auditor.evidence.Pending.Kind;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

/**
 * What has begun and not ended: orders, sagas, calls to the outside world, rows that are not published, records that are not
 * consumed. It is looked for in the direction from which work comes back, so that what is handed on meanwhile is met again.
 */
public final class UnderWay implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String PUBLISHED = "coalesce((select position from outbox_relay), 0)";

    private final Addresses addresses;
    private final Topics topics;

    public UnderWay(Addresses addresses) {
        this.addresses = addresses;
        this.topics = new Topics(addresses);
    }

    /**
     * What was found at one look.
     *
     * @param published how far each database's relay had come
     */
    public record Look(List<Pending> pending, Map<String, Long> published) {

        Set<String> orders() {
            Set<String> orders = new HashSet<>();
            pending.forEach(one -> {
                if (one.orderId() != null) {
                    orders.add(one.orderId());
                }
            });
            return orders;
        }
    }

    /** Waits until nothing is under way, in two looks one after the other, or until the time is over. */
    public void awaitRest(Duration atMost) {
        long giveUp = System.nanoTime() + atMost.toNanos();
        int quietLooks = 0;
        while (quietLooks < 2 && System.nanoTime() < giveUp) {
            quietLooks = look().pending().isEmpty() ? quietLooks + 1 : 0;
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    Look look() {
        List<Pending> pending = new ArrayList<>();
        Map<String, Long> published = new HashMap<>();
        for (String name : Database.NAMES) {
            try (Database database = Database.open(addresses, name)) {
                published.put(name, database.number("select position from outbox_relay"));
                switch (name) {
                    case "orders" -> orders(database, pending);
                    case "saga" -> sagas(database, pending);
                    default -> {
                    }
                }
                calls(database, pending);
                backlog(database, pending);
            }
        }
        lag(pending);
        return new Look(List.copyOf(pending), Map.copyOf(published));
    }

    /** The keys of all that was not published then, or has been said since. */
    Set<String> spokenOfSince(Look look) {
        Set<String> keys = new HashSet<>();
        look.published().forEach((name, position) -> {
            try (Database database = Database.open(addresses, name)) {
                database.each("select distinct message_key from outbox where id > " + position,
                        row -> keys.add(row.getString(1)));
            }
        });
        return keys;
    }

    private static void orders(Database database, List<Pending> pending) {
        database.each("""
                select id, status, case status when 'PENDING' then placed_at else updated_at end as since
                from orders where status in ('PENDING', 'CANCELLING')
                """, row -> pending.add(new Pending(Kind.ORDER, row.getString("id"), "is " + row.getString("status"),
                time(row, "since"))));
        database.each("select order_id, requested_at from order_return where status = 'REQUESTED'",
                row -> pending
                        .add(new Pending(Kind.ORDER, row.getString("order_id"), "has a return that is not settled",
                                time(row, "requested_at"))));
    }

    private static void sagas(Database database, List<Pending> pending) {
        database.each("""
                select order_id, type, status, step, started_at, updated_at from saga
                where status not in ('COMPLETED', 'COMPENSATED')
                """, row -> {
            boolean stuck = row.getString("status").equals("STUCK");
            pending.add(new Pending(stuck ? Kind.STUCK_SAGA : Kind.SAGA, row.getString("order_id"),
                    "its %s is %s at '%s'".formatted(row.getString("type"), row.getString("status"),
                            row.getString("step")),
                    time(row, stuck ? "updated_at" : "started_at")));
        });
    }

    private static void calls(Database database, List<Pending> pending) {
        if (database.number("select count(*) from pg_tables where tablename = 'outside_call'") > 0) {
            database.each("select order_id, kind, requested_at from outside_call",
                    row -> pending.add(new Pending(Kind.OUTSIDE_CALL, row.getString("order_id"),
                            "the call %s of %s is open".formatted(row.getString("kind"), database.name()),
                            time(row, "requested_at"))));
        }
    }

    private static void backlog(Database database, List<Pending> pending) {
        database.each("select message_key, count(*) as messages, min(said_at) as said_at from outbox where id > "
                + PUBLISHED + " group by message_key",
                row -> pending.add(new Pending(Kind.BACKLOG, row.getString("message_key"),
                        "%d messages of %s are not published".formatted(row.getLong("messages"), database.name()),
                        time(row, "said_at"))));
    }

    /** By consumer group, over all partitions of the topics on which it has ever committed. */
    private void lag(List<Pending> pending) {
        Set<String> groups = topics.ask(kafka -> kafka.listGroups().all().get()).stream().map(GroupListing::groupId)
                .collect(toSet());
        Map<String, ListConsumerGroupOffsetsSpec> wanted = groups.stream()
                .collect(toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec()));
        var committed = topics.ask(kafka -> kafka.listConsumerGroupOffsets(wanted).all().get());
        // The ends last: what was consumed by then was there.
        Map<TopicPartition, Long> ends = topics.ends();
        committed.forEach((group, offsets) -> {
            Map<TopicPartition, Long> behind = behind(offsets, ends);
            if (!behind.isEmpty()) {
                topics.writtenAt(behind).forEach((partition, since) -> pending.add(new Pending(Kind.LAG, null,
                        "%s has yet to consume %s from %d to %d".formatted(group, partition, behind.get(partition),
                                ends.get(partition)),
                        since)));
            }
        });
    }

    Topics topics() {
        return topics;
    }

    /** Where each partition that is behind goes on. */
    private static Map<TopicPartition, Long> behind(Map<TopicPartition, OffsetAndMetadata> committed,
            Map<TopicPartition, Long> ends) {
        Set<String> subscribed = committed.keySet().stream().map(TopicPartition::topic).collect(toSet());
        Map<TopicPartition, Long> behind = new HashMap<>();
        ends.forEach((partition, end) -> {
            OffsetAndMetadata offset = committed.get(partition);
            long from = offset == null ? 0 : offset.offset();
            if (subscribed.contains(partition.topic()) && from < end) {
                behind.put(partition, from);
            }
        });
        return behind;
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    public void close() {
        topics.close();
    }
}
