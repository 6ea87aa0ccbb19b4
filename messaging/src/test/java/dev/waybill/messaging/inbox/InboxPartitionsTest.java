package dev.waybill.messaging.inbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.events.MessageId;
import dev.waybill.testing.TestServers;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The inbox in partitions by the time that is in the ids, and what has none, or another one. */
class InboxPartitionsTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final HikariDataSource dataSource = new HikariDataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final Inbox inbox = new Inbox(jdbc);

    @BeforeEach
    void connect() {
        dataSource.setJdbcUrl(TestServers.freshDatabase("inbox_partitions").url());
    }

    @AfterEach
    void disconnect() {
        dataSource.close();
    }

    @Test
    void aMessageIsKnownAgainWhateverItsId() {
        migrate("latest");
        for (MessageId id : List.of(
                at(Instant.now()),
                at(Instant.now().plus(DAY.multipliedBy(20))),
                at(Instant.now().minus(DAY.multipliedBy(3_000))),
                at(Instant.now().plus(DAY.multipliedBy(3_000))),
                new MessageId(UUID.randomUUID()),
                new MessageId(UUID.nameUUIDFromBytes("order.events-3@17".getBytes(StandardCharsets.UTF_8))),
                new MessageId(new UUID(0, 0)),
                new MessageId(new UUID(-1, -1)))) {
            assertThat(inbox.claim("s", List.of(id))).containsExactly(id);
            assertThat(inbox.claim("s", List.of(id))).isEmpty();
            assertThat(inbox.claim("another", List.of(id))).containsExactly(id);
        }
    }

    @Test
    void partitionsReachMoreThanEightWeeksAheadOfTheMigration() {
        migrate("latest");
        for (int day = 0; day < 7 * 9; day++) {
            inbox.claim("s", List.of(at(Instant.now().plus(DAY.multipliedBy(day)))));
        }
        assertThat(partitionsWithRows()).hasSizeBetween(9, 10).doesNotContain("inbox_default");
    }

    @Test
    void monthsWithoutNewPartitionsStopNobodyAndNobodyForgetsWhenThereAreNewOnes() {
        migrate("latest");
        List<MessageId> later = List.of(at(Instant.now().plus(DAY.multipliedBy(100))),
                at(Instant.now().plus(DAY.multipliedBy(120))));
        assertThat(inbox.claim("s", later)).hasSize(2);
        assertThat(partitionsWithRows()).containsExactly("inbox_default");
        while (!jdbc.queryForList("select make_inbox_partition(now() + interval '110 days', 1000000)", String.class)
                .contains(null)) {
            assertThat(inbox.claim("s", later)).isEmpty();
        }
        assertThat(partitionsWithRows()).hasSize(2).contains("inbox_default");
        assertThat(inbox.claim("s", later)).isEmpty();
    }

    @Test
    void whatWasTakenOnBeforeThereWerePartitionsIsKnownAgain() {
        migrate("2");
        List<MessageId> before = List.of(
                at(Instant.now()), at(Instant.now().plus(DAY.multipliedBy(12))), new MessageId(new UUID(-1, -1)),
                at(Instant.now().minus(DAY.multipliedBy(400))));
        assertThat(inbox.claim("s", before)).hasSize(4);
        migrate("latest");
        assertThat(inbox.claim("s", before)).isEmpty();
    }

    private void migrate(String version) {
        Flyway.configure().dataSource(dataSource).locations("classpath:db/messaging").target(version).load().migrate();
    }

    private List<@Nullable String> partitionsWithRows() {
        return jdbc.queryForList("select distinct tableoid::regclass::text from inbox", String.class);
    }

    /** An id as it would be made at that time. */
    private static MessageId at(Instant time) {
        UUID random = UUID.randomUUID();
        return new MessageId(new UUID((time.toEpochMilli() << 16) | 0x7000 | (random.getMostSignificantBits() & 0xfff),
                random.getLeastSignificantBits()));
    }
}
