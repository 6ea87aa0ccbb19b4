package dev.waybill.testing;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

import javax.sql.DataSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import static org.awaitility.Awaitility.await;

/**
 * What an operator can do to a running service at worst: its consumer groups are set back to the beginning of their topics,
 * and its inbox has forgotten everything. All that was ever sent comes again, and the aggregates alone see to it that each
 * effect is there once.
 */
public final class SetBack {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private SetBack() {}

    /** Returns when everything has come again. */
    public static void behindTheInbox(ApplicationContext service) {
        var consumers = service.getBean("subscriptionContainers", SmartLifecycle.class);
        var jdbc = new JdbcTemplate(service.getBean(DataSource.class));
        consumers.stop();
        long takenOn = taken(jdbc);
        jdbc.execute("truncate inbox");
        forgetOffsets(service.getEnvironment().getRequiredProperty("waybill.messaging.group-prefix") + ".");
        consumers.start();
        await().atMost(PATIENCE).until(() -> taken(jdbc) >= takenOn);
    }

    /** Without offsets a group begins at the beginning. */
    private static void forgetOffsets(String prefix) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()))) {
            List<String> groups = admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get().stream()
                    .map(GroupListing::groupId).filter(group -> group.startsWith(prefix)).toList();
            if (groups.isEmpty()) {
                throw new IllegalStateException("No consumer group is called " + prefix + "…");
            }
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                admin.deleteConsumerGroups(groups).all().get();
                return true;
            });
        } catch (ExecutionException e) {
            throw new IllegalStateException("The consumer groups could not be set back", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long taken(JdbcTemplate jdbc) {
        Long count = jdbc.queryForObject("select count(*) from inbox", Long.class);
        return count == null ? 0 : count;
    }
}
