package dev.waybill.console.bulk;

import dev.waybill.console.bulk.Selection.State;
import dev.waybill.defaults.paging.Moment;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The frozen selections, and who works on them. A selection's lease has one holder; whatever a worker changes it changes as the holder,
 * in the same statement, so that one that has slept through its lease changes nothing.
 */
@Repository
class Selections {

    private static final String COLUMNS = """
            id, act, filter, reason, items, rate, frozen_by, frozen_at, state, said, run_by, next_due
            """;
    private static final RowMapper<Selection> SELECTION = (row, n) -> new Selection(row.getObject("id", UUID.class),
            row.getString("act"), row.getString("filter"), row.getString("reason"), row.getInt("items"),
            row.getInt("rate"), row.getString("frozen_by"), instant(row.getObject("frozen_at", OffsetDateTime.class)),
            State.valueOf(row.getString("state")), row.getString("said"), row.getString("run_by"),
            Optional.ofNullable(row.getObject("next_due", OffsetDateTime.class)).map(Selections::instant)
                    .orElse(null));

    private final JdbcClient database;

    Selections(JdbcClient database) {
        this.database = database;
    }

    void add(UUID id, Draft draft, int rate, Instant at) {
        database.sql("""
                insert into bulk_selection (id, act, filter, reason, items, rate, frozen_by, frozen_at, state)
                values (?, ?, ?, ?, ?, ?, ?, ?, 'FROZEN')
                """).params(id, draft.act(), draft.filter(), draft.order().reason(), draft.items().size(), rate,
                draft.order().who().name(), utc(at)).update();
    }

    Optional<Selection> find(UUID id) {
        return database.sql("select " + COLUMNS + " from bulk_selection where id = ?").param(id).query(SELECTION)
                .optional();
    }

    Page<Selection> newest(PageRequest request) {
        Optional<Moment> after = request.after(Moment::parse);
        var statement = after
                .map(moment -> database.sql("select " + COLUMNS + """
                        from bulk_selection where (frozen_at, id) < (?, ?) order by frozen_at desc, id desc limit ?
                        """).params(utc(moment.at()), moment.id(), request.fetchSize()))
                .orElseGet(() -> database.sql("select " + COLUMNS + """
                        from bulk_selection order by frozen_at desc, id desc limit ?
                        """).param(request.fetchSize()));
        return request.page(statement.query(SELECTION).list(),
                selection -> new Moment(selection.frozenAt(), selection.id()));
    }

    /** Those that are to be worked on, the oldest first. */
    List<UUID> running() {
        return database.sql("select id from bulk_selection where state = 'RUNNING' order by frozen_at, id")
                .query((row, n) -> row.getObject("id", UUID.class)).list();
    }

    /**
     * What a person has decided, if it still is as they saw it.
     *
     * @param rate null where it stays
     */
    boolean change(Selection seen, State to, String who, @Nullable Integer rate) {
        return database.sql("""
                update bulk_selection set state = :to, said = null, run_by = :who, rate = coalesce(:rate, rate)
                where id = :id and state = :seen
                """).param("to", to.name()).param("who", who).param("rate", rate).param("id", seen.id())
                .param("seen", seen.state().name()).update() > 0;
    }

    /** As it is now, for whoever holds its lease from now on; nothing where another one does, or where it does not run. */
    Optional<Selection> claim(UUID id, UUID holder, Instant now, Duration lease) {
        return database.sql("""
                update bulk_selection set lease_holder = :holder, lease_until = :until
                where id = :id and state = 'RUNNING'
                and (lease_holder is null or lease_holder = :holder or lease_until <= :now)
                returning
                """ + COLUMNS).param("holder", holder).param("until", utc(now.plus(lease))).param("id", id)
                .param("now", utc(now)).query(SELECTION).optional();
    }

    /** Whoever comes next need not wait for the leases of one who goes. */
    void release(UUID holder) {
        database.sql("update bulk_selection set lease_holder = null, lease_until = null where lease_holder = ?")
                .param(holder).update();
    }

    /**
     * Marks the item as begun, keeps the lease and sets the next one's moment, all or nothing.
     *
     * @return false where it does not run any more, or another one has taken over
     */
    boolean begin(UUID id, UUID holder, int position, Instant now, Instant nextDue, Duration lease) {
        return database.sql("""
                with held as (
                  update bulk_selection set lease_until = :until, next_due = :due
                  where id = :id and state = 'RUNNING' and lease_holder = :holder returning id)
                update bulk_item set begun_at = coalesce(begun_at, :now)
                from held where selection = held.id and position = :position and outcome is null
                """).param("until", utc(now.plus(lease))).param("due", utc(nextDue)).param("id", id)
                .param("holder", holder).param("now", utc(now)).param("position", position).update() > 0;
    }

    /**
     * Whoever resumes it need not wait for this worker.
     *
     * @return false where somebody else has stopped it, or has taken over
     */
    boolean pause(UUID id, UUID holder, String said) {
        return database.sql("""
                update bulk_selection set state = 'PAUSED', said = ?, lease_holder = null, lease_until = null
                where id = ? and state = 'RUNNING' and lease_holder = ?
                """).params(said, id, holder).update() > 0;
    }

    /** @return false where somebody else has stopped it, or has taken over */
    boolean end(UUID id, UUID holder) {
        return database.sql("""
                update bulk_selection set state = 'DONE' where id = ? and state = 'RUNNING' and lease_holder = ?
                """).params(id, holder).update() > 0;
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(OffsetDateTime at) {
        return at.toInstant();
    }
}
