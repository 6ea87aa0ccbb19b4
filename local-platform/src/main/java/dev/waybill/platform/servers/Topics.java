package dev.waybill.platform.servers;

import dev.waybill.events.Topic;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

/**
 * The platform's topics, made as {@link Topic} declares them, by an explicit step because the broker makes none by itself.
 * The step can be taken again and again: what is there is never changed, and compared with the declaration.
 */
final class Topics {

    private static final long SECONDS = 10;

    private final String bootstrapServers;
    private final short replication;

    Topics(String bootstrapServers, short replication) {
        this.bootstrapServers = bootstrapServers;
        this.replication = replication;
    }

    /** Whether the broker takes requests and knows itself as a member of its cluster. */
    boolean brokerAnswers() {
        try (Admin admin = connect()) {
            return !get(admin.describeCluster().nodes()).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Answers, in a sentence each, how topics that were there already differ from what is declared. */
    List<String> makeWhatIsMissing() {
        try (Admin admin = connect()) {
            Set<String> names = get(admin.listTopics().names());
            EnumSet<Topic> there = EnumSet.allOf(Topic.class);
            there.removeIf(topic -> !names.contains(topic.topicName()));
            make(admin, EnumSet.complementOf(there));
            return differences(admin, there);
        } catch (ExecutionException e) {
            throw new UncheckedIOException(new IOException("Topics could not be made: " + e.getMessage(), e));
        } catch (TimeoutException e) {
            throw new UncheckedIOException(new IOException("Topics could not be made in time", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private void make(Admin admin, Set<Topic> missing)
            throws ExecutionException, TimeoutException, InterruptedException {
        for (KafkaFuture<Void> made : admin.createTopics(missing.stream().map(this::declared).toList()).values()
                .values()) {
            try {
                get(made);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private NewTopic declared(Topic topic) {
        return new NewTopic(topic.topicName(), Topic.PARTITIONS, replication).configs(topic.configuration());
    }

    private static List<String> differences(Admin admin, Set<Topic> topics)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<Topic, ConfigResource> resources = topics.stream()
                .collect(toMap(topic -> topic,
                        topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName())));
        Map<ConfigResource, Config> configurations = get(admin.describeConfigs(resources.values()).all());
        Map<String, TopicDescription> descriptions = get(
                admin.describeTopics(topics.stream().map(Topic::topicName).toList()).allTopicNames());
        List<String> differences = new ArrayList<>();
        for (Topic topic : topics) {
            int partitions = requireNonNull(descriptions.get(topic.topicName())).partitions().size();
            if (partitions != Topic.PARTITIONS) {
                differences.add(difference(topic, "partitions", partitions, Topic.PARTITIONS));
            }
            Config configuration = requireNonNull(configurations.get(resources.get(topic)));
            new TreeMap<>(topic.configuration()).forEach((name, declared) -> {
                ConfigEntry entry = configuration.get(name);
                if (entry == null || !declared.equals(entry.value())) {
                    differences.add(difference(topic, name, entry == null ? "not set" : entry.value(), declared));
                }
            });
        }
        return differences;
    }

    private static String difference(Topic topic, String what, Object there, Object declared) {
        return "topic %s is not as it is declared: %s is %s, declared is %s"
                .formatted(topic.topicName(), what, there, declared);
    }

    private static <T> T get(KafkaFuture<T> answer) throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(SECONDS, TimeUnit.SECONDS);
    }

    private Admin connect() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.CLIENT_ID_CONFIG, "local-platform", AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "5000", AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000"));
    }
}
