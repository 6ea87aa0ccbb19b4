package dev.waybill.messaging.outbox;

import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One publisher at a time. The lease runs by the database's clock; every take-over raises the fencing token, and a mark that
 * is made under an older one is refused, so a publisher that was paused finds out before it can move the position.
 */
class RelayLease {

    private final JdbcTemplate jdbc;
    private final String owner;
    private final Duration length;

    RelayLease(JdbcTemplate jdbc, String owner, Duration length) {
        this.jdbc = jdbc;
        this.owner = owner;
        this.length = length;
    }

    /** A lease that was obtained. */
    record Term(long fencingToken, long position) {}

    /** Another publisher has taken over. */
    static class LostLease extends RuntimeException {
        LostLease(long fencingToken) {
            super("The lease with token " + fencingToken + " has passed to another publisher");
        }
    }

    Optional<Term> tryAcquire() {
        List<Term> terms = jdbc.query("""
                update outbox_relay
                set leader = ?, fencing_token = fencing_token + 1,
                    lease_until = clock_timestamp() + ? * interval '1 millisecond'
                where lease_until < clock_timestamp()
                returning fencing_token, position
                """, (row, n) -> new Term(row.getLong(1), row.getLong(2)), owner, length.toMillis());
        return terms.stream().findFirst();
    }

    /**
     * Marks everything up to the position as published, and renews the lease. Without waiting for the disk: a mark that a crash
     * of the database takes back has messages published again, never left out, and a new term is on disk before it begins.
     */
    void mark(Term term, long position) {
        int updated = jdbc.update("""
                update outbox_relay
                set position = ?, lease_until = clock_timestamp() + ? * interval '1 millisecond'
                from set_config('synchronous_commit', 'off', true)
                where fencing_token = ?
                """, position, length.toMillis(), term.fencingToken());
        if (updated == 0) {
            throw new LostLease(term.fencingToken());
        }
    }

    /** So that a successor need not wait. */
    void release(Term term) {
        jdbc.update(
                "update outbox_relay set leader = null, lease_until = '-infinity' where fencing_token = ?",
                term.fencingToken());
    }
}
