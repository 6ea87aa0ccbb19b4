package dev.waybill.messaging.inbox;

import dev.waybill.events.MessageId;
import org.springframework.jdbc.core.JdbcTemplate;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Remembers which messages a subscription has taken on, so that each is taken on once. */
class Inbox {

    private final JdbcTemplate jdbc;

    Inbox(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes on messages, in the running transaction: sorted, so that two transactions never wait for each other in a circle,
     * and never looked up first, so that a duplicate cannot slip in between.
     *
     * @return those that are new
     */
    Set<MessageId> claim(String subscription, Collection<MessageId> ids) {
        UUID[] sorted = ids.stream().map(MessageId::value).distinct().sorted().toArray(UUID[]::new);
        List<UUID> fresh = jdbc.query("""
                insert into inbox (message_id, subscription)
                select message_id, ? from unnest(?::uuid[]) as received (message_id)
                on conflict do nothing
                returning message_id
                """, statement -> {
            statement.setString(1, subscription);
            statement.setArray(2, statement.getConnection().createArrayOf("uuid", sorted));
        }, (row, n) -> row.getObject(1, UUID.class));
        Set<MessageId> claimed = new HashSet<>();
        fresh.forEach(id -> claimed.add(new MessageId(id)));
        return claimed;
    }
}
