package dev.waybill.order.streams;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** How orders are now, asked for all that are watched at once. */
@Repository
class WatchedOrders {

    private final JdbcClient database;

    WatchedOrders(JdbcClient database) {
        this.database = database;
    }

    List<OrderNow> look(Collection<UUID> ids) {
        return database
                .sql("select id, status, reason, version, updated_at from orders where id = any(:ids::text[]::uuid[])")
                .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .query((row, n) -> new OrderNow(
                        row.getObject("id", UUID.class),
                        row.getString("status"),
                        row.getString("reason"),
                        row.getLong("version"),
                        row.getObject("updated_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
