package dev.waybill.defaults.idempotency;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** The table of first answers. */
final class FirstAnswers {

    private final JdbcClient jdbc;

    FirstAnswers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whose request, to where, under which name. */
    record Scope(String caller, String route, String key) {}

    record FirstAnswer(String requestHash, int status, @Nullable String location, @Nullable String body) {}

    /**
     * What is known of a request.
     *
     * @param mine whether it is this transaction's to carry out or to answer, until the transaction's end
     * @param answer present where it was carried out before
     */
    record Claim(boolean mine, Optional<FirstAnswer> answer) {}

    /**
     * One look for both: it waits for nobody. If another transaction commits the same request between this statement's
     * snapshot and its lock, the answer is missed here, and {@link #store} fails on the primary key.
     */
    Claim claim(Scope scope) {
        return jdbc.sql("""
                select pg_try_advisory_xact_lock(hashtextextended(:lock, 0)) as mine,
                       first.request_hash, first.status, first.location, first.body
                  from (values (1)) as one
                  left join idempotent_request first
                    on first.caller = :caller and first.route = :route and first.key = :key
                """).param("lock", String.join("\n", scope.caller(), scope.route(), scope.key()))
                .param("caller", scope.caller()).param("route", scope.route()).param("key", scope.key())
                .query((row, number) -> {
                    String hash = row.getString("request_hash");
                    FirstAnswer answer = hash == null
                            ? null
                            : new FirstAnswer(
                                    hash,
                                    row.getInt("status"),
                                    row.getString("location"),
                                    row.getString("body"));
                    return new Claim(row.getBoolean("mine"), Optional.ofNullable(answer));
                }).single();
    }

    /**
     * @throws org.springframework.dao.DuplicateKeyException when the request was carried out meanwhile
     */
    void store(Scope scope, FirstAnswer answer) {
        jdbc.sql("""
                insert into idempotent_request (caller, route, key, request_hash, status, location, body)
                values (:caller, :route, :key, :hash, :status, :location, :body)
                """).param("caller", scope.caller()).param("route", scope.route()).param("key", scope.key())
                .param("hash", answer.requestHash()).param("status", answer.status())
                .param("location", answer.location()).param("body", answer.body()).update();
    }

    /**
     * Deletes up to so many that are older; answers how many it were. Replicas that do the same leave each other's
     * alone.
     */
    int deleteOlderThan(Instant time, int limit) {
        return jdbc.sql("""
                delete from idempotent_request
                 where (caller, route, key) in (
                       select caller, route, key from idempotent_request
                        where created_at < :time order by created_at limit :limit for update skip locked)
                """).param("time", time.atOffset(ZoneOffset.UTC)).param("limit", limit).update();
    }
}
