package dev.waybill.platform.servers;

import dev.waybill.events.Topic;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The platform's topics, made by an explicit step because the broker makes none by itself. Event topics keep everything,
 * command topics expire. Making them again changes nothing.
 */
final class Topics {

    private static final short REPLICATION = 1;
    private static final Duration COMMANDS_KEPT = Duration.ofDays(7);
    private static final long SECONDS = 10;

    private final int port;

    Topics(int port) {
        this.port = port;
    }

    /** Whether the broker takes requests and knows itself as a member of its cluster. */
    boolean brokerAnswers() {
        try (Admin admin = connect()) {
            return !admin.describeCluster().nodes().get(SECONDS, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void makeWhatIsMissing() {
        try (Admin admin = connect()) {
            Set<String> there = admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
            List<NewTopic> missing = Arrays.stream(Topic.values()).filter(topic -> !there.contains(topic.topicName()))
                    .map(Topics::declared).toList();
            admin.createTopics(missing).all().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new UncheckedIOException(new IOException("Topics could not be made: " + e.getMessage(), e));
            }
        } catch (TimeoutException e) {
            throw new UncheckedIOException(new IOException("Topics could not be made in time", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static NewTopic declared(Topic topic) {
        long retention = topic.carriesCommands() ? COMMANDS_KEPT.toMillis() : -1;
        return new NewTopic(topic.topicName(), Topic.PARTITIONS, REPLICATION)
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention)));
    }

    private Admin connect() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port,
                AdminClientConfig.CLIENT_ID_CONFIG, "local-platform", AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "5000", AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000"));
    }
}
