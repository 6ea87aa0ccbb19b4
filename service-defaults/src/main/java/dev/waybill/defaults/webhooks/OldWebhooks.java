package dev.waybill.defaults.webhooks;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * The webhooks of a service that are past their time. They go some at a time, each time in a transaction of its own, which waits
 * for no lock: so no handler waits for it long, and none can wait for it while it waits for that.
 */
final class OldWebhooks {

    static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final WebhookTable table;

    OldWebhooks(JdbcClient jdbc, WebhookTable table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    /** Deletes those that came before a time; answers how many. Replicas that do the same leave each other's alone. */
    int delete(Instant receivedBefore) {
        int total = 0;
        int deleted;
        do {
            deleted = deleteSome(receivedBefore, AT_ONCE);
            total += deleted;
        } while (deleted == AT_ONCE);
        return total;
    }

    int deleteSome(Instant receivedBefore, int limit) {
        return jdbc.sql("""
                delete from %1$s
                 where id in (select id from %1$s where received_at < :time order by received_at limit :limit
                                 for update skip locked)
                """.formatted(table.name())).param("time", receivedBefore.atOffset(ZoneOffset.UTC))
                .param("limit", limit).update();
    }
}
