package dev.waybill.platform.servers;

import dev.waybill.events.Topic;
import dev.waybill.platform.process.Holds;
import dev.waybill.platform.process.Journal;
import dev.waybill.platform.process.Ledger;
import dev.waybill.platform.process.Logs;
import dev.waybill.platform.process.ProcessId;
import dev.waybill.platform.process.Supervisor;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The real servers, started twice over the same data: everything here is asked of the second life. */
class RealServersTest {

    @TempDir
    static Path directory;

    private static int postgresPort;
    private static int kafkaPort;
    private static Supervisor second;

    @BeforeAll
    static void startStopAndStartAgain() throws Exception {
        List<Integer> ports = freePorts();
        postgresPort = ports.get(0);
        kafkaPort = ports.get(1);
        Supervisor first = supervisor(ports.get(2));
        first.start();
        try {
            first.awaitReady(Duration.ofSeconds(90));
            rememberSomething();
        } finally {
            first.stop();
        }
        second = supervisor(ports.get(2));
        second.start();
        second.awaitReady(Duration.ofSeconds(90));
    }

    @AfterAll
    static void stop() {
        second.stop();
        assertThat(Probe.accepts(postgresPort)).isFalse();
        assertThat(Probe.accepts(kafkaPort)).isFalse();
        assertThat(Ledger.read(directory.resolve("processes")).orElseThrow().running()).isEmpty();
    }

    private static Supervisor supervisor(int controllerPort) {
        var postgres = new PostgresServer(directory.resolve("postgres"), postgresPort);
        var kafka = new KafkaServer(directory.resolve("kafka"), Path.of(System.getProperty("java.home"), "bin", "java"),
                kafkaPort, controllerPort);
        var journal = new Journal(new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                directory.resolve("platform.log"), Clock.systemUTC());
        return new Supervisor(List.of(postgres, kafka),
                new Ledger(directory.resolve("processes"), ProcessId.own(), journal::say),
                new Holds(directory.resolve("holds")),
                new Logs(directory.resolve("logs")), journal, Clock.systemUTC(), 2);
    }

    private static void rememberSomething() throws Exception {
        try (Connection orders = connect("orders", "orders", "waybill"); var statement = orders.createStatement()) {
            statement.execute("create table remembered as select 42 as answer");
        }
        try (var producer = new KafkaProducer<>(connection(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topic.ORDER_EVENTS.topicName(), 0, "key", "value")).get();
        }
    }

    @Test
    void databaseRemembersWhatItWasTold() throws SQLException {
        try (Connection orders = connect("orders", "orders", "waybill");
                var statement = orders.createStatement();
                var rows = statement.executeQuery("select answer from remembered")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
        }
    }

    @Test
    void brokerRemembersWhatItWasTold() throws Exception {
        var partition = new TopicPartition(Topic.ORDER_EVENTS.topicName(), 0);
        try (Admin admin = Admin.create(connection())) {
            assertThat(admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition).get()
                    .offset()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
    void databaseIsDurable(String setting) throws SQLException {
        assertThat(setting(setting)).isEqualTo("on");
    }

    @Test
    void databaseListensOnTheLoopbackOnly() throws SQLException {
        assertThat(setting("listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(setting("unix_socket_directories")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "inventory", "payments", "shipping", "saga", "notifications", "console"})
    void roleOwnsItsDatabaseAndReachesNoOther(String name) throws SQLException {
        try (Connection own = connect(name, name, "waybill"); var statement = own.createStatement()) {
            statement.execute("create table mine (id int)");
            statement.execute("drop table mine");
        }
        for (String other : Databases.NAMES) {
            if (!other.equals(name)) {
                assertThatThrownBy(() -> connect(other, name, "waybill").close()).isInstanceOf(SQLException.class)
                        .hasMessageContaining("permission denied for database");
            }
        }
        assertThatThrownBy(() -> connect("postgres", name, "waybill").close()).isInstanceOf(SQLException.class);
    }

    @Test
    void wrongPasswordIsRefused() {
        assertThatThrownBy(() -> connect("orders", "orders", "guessed").close()).isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void auditorReadsEverythingAndChangesNothing() throws SQLException {
        try (Connection orders = connect("orders", "auditor", "auditor"); var statement = orders.createStatement()) {
            try (var rows = statement.executeQuery("select answer from remembered")) {
                assertThat(rows.next()).isTrue();
            }
            assertThatThrownBy(() -> statement.execute("delete from remembered")).isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
        for (String name : Databases.NAMES) {
            connect(name, "auditor", "auditor").close();
        }
    }

    @Test
    void everyTopicIsThereAndNoneIsMadeByItself() throws Exception {
        Set<String> declared = Arrays.stream(Topic.values()).map(Topic::topicName).collect(toSet());
        try (Admin admin = Admin.create(connection())) {
            assertThat(admin.listTopics().names().get()).isEqualTo(declared);
            assertThat(admin.describeTopics(declared).allTopicNames().get().values())
                    .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(Topic.PARTITIONS));
            assertThatThrownBy(() -> admin.describeTopics(List.of("not.declared")).allTopicNames().get())
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void eventsAreKeptForEverAndCommandsForAWeek() throws Exception {
        try (Admin admin = Admin.create(connection())) {
            for (Topic topic : Topic.values()) {
                var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
                String retention = admin.describeConfigs(List.of(resource)).values().values().iterator().next().get()
                        .get("retention.ms").value();
                assertThat(retention)
                        .isEqualTo(topic.carriesCommands() ? Long.toString(Duration.ofDays(7).toMillis()) : "-1");
            }
        }
    }

    @Test
    void topicThatIsNotAsDeclaredIsLeftAsItIsAndSaidToBeSo() throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, Topic.PAYMENT_EVENTS.topicName());
        var topics = new Topics("127.0.0.1:" + kafkaPort, (short) 1);
        assertThat(topics.makeWhatIsMissing()).isEmpty();
        try (Admin admin = Admin.create(connection())) {
            var shorter = new AlterConfigOp(new ConfigEntry("retention.ms", "3600000"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(resource, List.of(shorter))).all().get();
            Awaitility.await().untilAsserted(() -> assertThat(topics.makeWhatIsMissing()).containsExactly(
                    "topic payment.events is not as it is declared: retention.ms is 3600000, declared is -1"));
            var asDeclared = new AlterConfigOp(new ConfigEntry("retention.ms", "-1"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(resource, List.of(asDeclared))).all().get();
            Awaitility.await().untilAsserted(() -> assertThat(topics.makeWhatIsMissing()).isEmpty());
        }
    }

    private static String setting(String name) throws SQLException {
        try (Connection connection = connect("postgres", Databases.SUPERUSER, "waybill");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("show " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(String database, String user, String password) throws SQLException {
        return DriverManager.getConnection(Databases.url(postgresPort, database), user, password);
    }

    private static Map<String, Object> connection() {
        return Map.of("bootstrap.servers", "127.0.0.1:" + kafkaPort);
    }

    /** Below the range from which systems take ports for outgoing connections: they must be free a second time. */
    private static List<Integer> freePorts() {
        int first = 14_000 + (int) (ProcessHandle.current().pid() % 18_000);
        return IntStream.range(first, first + 500).filter(RealServersTest::isFree).limit(3).boxed().toList();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
