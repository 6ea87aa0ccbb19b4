package dev.waybill.console.bulk;

import dev.waybill.console.bulk.Draft.LeftOut;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** What is in each selection, and what has become of it. Items are added with their selection, and never later. */
@Repository
class Items {

    private static final int ROWS_IN_BATCH = 1_000;

    private static final RowMapper<StoredItem> ITEM = (row, n) -> new StoredItem(row.getInt("position"),
            new BulkItem(row.getString("service"), row.getString("target"), row.getString("queue"),
                    row.getLong("version"), row.getString("label")),
            row.getObject("begun_at") != null,
            Optional.ofNullable(row.getString("outcome")).map(ItemOutcome::valueOf).orElse(null), row.getString("said"),
            Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant)
                    .orElse(null));

    private final JdbcTemplate batches;
    private final JdbcClient database;

    Items(JdbcTemplate batches, JdbcClient database) {
        this.batches = batches;
        this.database = database;
    }

    /**
     * An item and how it fares.
     *
     * @param begun   somebody has begun with it, in this life or an earlier one
     * @param outcome null as long as there is none
     */
    record StoredItem(int position, BulkItem item, boolean begun, @Nullable ItemOutcome outcome, @Nullable String said,
            @Nullable Instant endedAt) {}

    /** Places them in the order in which they are given. */
    void add(UUID selection, List<BulkItem> items) {
        batches.batchUpdate("""
                insert into bulk_item (selection, position, service, target, queue, version, label)
                values (?, ?, ?, ?, ?, ?, ?)
                """, IntStream.range(0, items.size()).boxed().toList(), ROWS_IN_BATCH, (row, position) -> {
            BulkItem item = items.get(position);
            row.setObject(1, selection);
            row.setInt(2, position + 1);
            row.setString(3, item.service());
            row.setString(4, item.target());
            row.setString(5, item.queue());
            row.setLong(6, item.version());
            row.setString(7, item.label());
        });
    }

    void addLeftOut(UUID selection, List<LeftOut> leftOut) {
        batches.batchUpdate("insert into bulk_left_out (selection, service, why, items) values (?, ?, ?, ?)", leftOut,
                ROWS_IN_BATCH, (row, left) -> {
                    row.setObject(1, selection);
                    row.setString(2, left.service());
                    row.setString(3, left.why());
                    row.setInt(4, left.items());
                });
    }

    List<LeftOut> leftOut(UUID selection) {
        return database.sql("""
                select service, why, items from bulk_left_out where selection = ? order by service, why
                """).param(selection)
                .query((row, n) -> new LeftOut(row.getString("service"), row.getString("why"), row.getInt("items")))
                .list();
    }

    /** The first that has no outcome yet. */
    Optional<StoredItem> next(UUID selection) {
        return database.sql("""
                select * from bulk_item where selection = ? and outcome is null order by position limit 1
                """).param(selection).query(ITEM).optional();
    }

    /** Whether an item of the same queue has failed in this selection: it stands in the way of what is behind it. */
    boolean isBehindFailure(UUID selection, BulkItem item) {
        return database.sql("""
                select exists (select from bulk_item
                               where selection = ? and service = ? and queue = ? and outcome = 'FAILED')
                """).params(selection, item.service(), item.queue()).query(Boolean.class).single();
    }

    /** What is known about it for sure stands, whoever is first to write; {@code UNCLEAR} gives way. */
    void end(UUID selection, int position, ItemOutcome outcome, String said, Instant at) {
        database.sql("""
                update bulk_item set outcome = ?, said = ?, ended_at = ?
                where selection = ? and position = ? and (outcome is null or outcome = 'UNCLEAR')
                """).params(outcome.name(), said, at.atOffset(ZoneOffset.UTC), selection, position).update();
    }

    /** Nothing has been done about it after all. */
    void notBegun(UUID selection, int position) {
        database.sql("update bulk_item set begun_at = null where selection = ? and position = ? and outcome is null")
                .params(selection, position).update();
    }

    /** Of each selection, how many have which outcome; what is missing to all has none yet. */
    Map<UUID, Map<ItemOutcome, Integer>> counts(Collection<UUID> selections) {
        Map<UUID, Map<ItemOutcome, Integer>> counts = new HashMap<>();
        database.sql("""
                select selection, outcome, count(*) as items from bulk_item
                where selection = any(?::uuid[]) and outcome is not null group by selection, outcome
                """).param(selections.toArray(UUID[]::new)).query(row -> {
            counts.computeIfAbsent(row.getObject("selection", UUID.class), id -> new EnumMap<>(ItemOutcome.class))
                    .put(ItemOutcome.valueOf(row.getString("outcome")), row.getInt("items"));
        });
        return counts;
    }

    /** In their order. */
    Page<StoredItem> page(UUID selection, @Nullable ItemOutcome outcome, PageRequest request) {
        int after = request.after(Integer::valueOf).orElse(0);
        List<StoredItem> rows = database.sql("""
                select * from bulk_item where selection = :selection and position > :after
                and (:outcome::text is null or outcome = :outcome) order by position limit :limit
                """).param("selection", selection).param("after", after)
                .param("outcome", outcome == null ? null : outcome.name()).param("limit", request.fetchSize())
                .query(ITEM).list();
        return request.page(rows, StoredItem::position);
    }
}
