package dev.waybill.testing;

import dev.waybill.events.Topic;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.SpringApplication;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL and a real Kafka for the tests of one JVM, started when first asked for and ended with it: containers
 * where a Docker engine answers, embedded binaries of the same versions where none does. Whoever asks for a database gets
 * one of its own, so tests share the servers and never the data.
 */
public final class TestServers {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestServers() {}

    /**
     * A database of its own.
     *
     * @param url complete with user and password
     */
    public record Database(String url) {

        /** Opens a connection that the caller closes. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url);
        }
    }

    /**
     * Makes an empty database.
     *
     * @param name part of its name, to know it by in a failure
     */
    public static Database freshDatabase(String name) {
        return Postgres.SHARED.freshDatabase(name);
    }

    /** Starts a PostgreSQL of its own, as new as can be, that the caller closes. */
    public static Cluster freshCluster() {
        return Postgres.start();
    }

    /** A PostgreSQL server. */
    public static final class Cluster implements AutoCloseable {

        private final String urlTemplate;
        private final Runnable stop;

        private Cluster(String urlTemplate, Runnable stop) {
            this.urlTemplate = urlTemplate;
            this.stop = stop;
        }

        /** As {@link TestServers#freshDatabase}, here. */
        public Database freshDatabase(String name) {
            String database = "%s_%d"
                    .formatted(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_"), DATABASES.incrementAndGet());
            try (Connection connection = new Database(urlTemplate.formatted("postgres")).connect();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + database);
            } catch (SQLException e) {
                throw new IllegalStateException("The test database %s could not be made".formatted(database), e);
            }
            return new Database(urlTemplate.formatted(database));
        }

        @Override
        public void close() {
            stop.run();
        }
    }

    /** Where the broker listens; every topic of the platform is there. */
    public static String bootstrapServers() {
        return Kafka.BOOTSTRAP_SERVERS;
    }

    /** After the applications have closed, as they would otherwise wait for servers that are gone. */
    private static void atTheEnd(Runnable stop) {
        SpringApplication.getShutdownHandlers().add(stop);
    }

    private static boolean dockerAnswers() {
        boolean worthAsking = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        return worthAsking && DockerClientFactory.instance().isDockerAvailable();
    }

    private static final class Postgres {

        static final Cluster SHARED = shared();

        private static Cluster shared() {
            Cluster cluster = start();
            atTheEnd(cluster::close);
            return cluster;
        }

        static Cluster start() {
            if (dockerAnswers()) {
                @SuppressWarnings("resource") // ended with its cluster, at the latest by Testcontainers' reaper
                var container = new PostgreSQLContainer("postgres:18-alpine").withDatabaseName("postgres").withCommand(
                        "postgres", "-c", "max_connections=300", "-c", "max_prepared_transactions=10");
                container.start();
                String url = "jdbc:postgresql://%s:%d/%%s?user=%s&password=%s".formatted(
                        container.getHost(),
                        container.getFirstMappedPort(),
                        container.getUsername(),
                        container.getPassword());
                return new Cluster(url, container::stop);
            }
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder().setServerConfig("max_connections", "300")
                        .setServerConfig("max_prepared_transactions", "10")
                        .setPGStartupWait(Duration.ofSeconds(60)).start();
                String url = "jdbc:postgresql://localhost:%d/%%s?user=postgres&password=postgres"
                        .formatted(postgres.getPort());
                return new Cluster(url, () -> close(postgres));
            } catch (IOException e) {
                throw new UncheckedIOException("The embedded PostgreSQL did not start", e);
            }
        }

        private static void close(EmbeddedPostgres postgres) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Kafka {

        private static final String BOOTSTRAP_SERVERS = start();

        private static String start() {
            if (dockerAnswers()) {
                @SuppressWarnings("resource") // ended with the JVM, by Testcontainers' reaper
                var container = new KafkaContainer("apache/kafka:4.2.1")
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
                container.start();
                createTopics(container.getBootstrapServers());
                return container.getBootstrapServers();
            }
            var broker = new EmbeddedKafkaKraftBroker(1, Topic.PARTITIONS);
            broker.brokerProperty("transaction.state.log.replication.factor", "1");
            broker.brokerProperty("transaction.state.log.min.isr", "1");
            broker.brokerProperty("auto.create.topics.enable", "false");
            broker.afterPropertiesSet();
            atTheEnd(broker::destroy);
            createTopics(broker.getBrokersAsString());
            return broker.getBrokersAsString();
        }

        private static void createTopics(String bootstrapServers) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
                admin.createTopics(
                        Arrays.stream(Topic.values())
                                .map(topic -> new NewTopic(topic.topicName(), Topic.PARTITIONS, (short) 1)
                                        .configs(topic.configuration()))
                                .toList())
                        .all().get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("The topics could not be created", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while topics were created", e);
            }
        }
    }
}
