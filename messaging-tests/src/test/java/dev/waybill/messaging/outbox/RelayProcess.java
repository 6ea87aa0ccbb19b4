package dev.waybill.messaging.outbox;

import dev.waybill.messaging.MessageSpans;
import dev.waybill.messaging.MessagingSettings;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import static org.awaitility.Awaitility.await;

/** A replica in a process of its own, which publishes and does nothing else, and its handle in the test. */
final class RelayProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RelayProcess.class);

    private final Process process;
    private final Path log;

    private RelayProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static RelayProcess start(String databaseUrl, String bootstrapServers, MessagingSettings.Relay settings)
            throws IOException {
        Path log = Files.createTempFile(Path.of("target"), "relay", ".log");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath,
                RelayProcess.class.getName(), databaseUrl, bootstrapServers, Integer.toString(settings.batchSize()),
                settings.lease().toString(), settings.idlePoll().toString());
        return new RelayProcess(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    }

    long pid() {
        return process.pid();
    }

    boolean isUp() {
        return said("RUNNING") > 0;
    }

    /**
     * Has it stop in the middle of the next batch that it sends, until it is told to go on.
     *
     * @param publishes whether it is still the one that does
     * @return false where another one has taken over before, as it may wherever the machine is busy
     */
    boolean holdInTheMiddleOfABatch(BooleanSupplier publishes) {
        int before = said("HOLDING");
        tell("hold");
        await().until(() -> said("HOLDING") > before || !publishes.getAsBoolean());
        if (said("HOLDING") == before) {
            goOn();
            return false;
        }
        return true;
    }

    void goOn() {
        tell("go on");
    }

    /** An orderly end; returns when it has ended. */
    void stopOrderly() throws InterruptedException {
        tell("stop");
        process.waitFor();
    }

    /** As kill -9; returns when it is dead. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** @param name as kill knows it: STOP, CONT */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    }

    /** How often it has found out that another one had taken over. */
    int timesOvertaken() {
        return said("has passed to another publisher");
    }

    private int said(String words) {
        try {
            return (int) Files.readString(log).lines().filter(line -> line.contains(words)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(String words) {
        try {
            process.getOutputStream().write((words + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** In the process. It ends with its standard input, so with the test. */
    public static void main(String[] args) throws IOException {
        var settings = new MessagingSettings.Relay(Integer.parseInt(args[2]), Duration.parse(args[3]),
                Duration.parse(args[4]));
        var hold = new Hold();
        var publisher = new TopicPublisher(
                () -> new HeldProducer(SpeakingService.producerSettings(args[1], settings), hold),
                settings.lease().dividedBy(3), MessageSpans.none());
        try (var service = new SpeakingService("/relay", args[0], settings, SpeakingService.inOrder(), publisher)) {
            service.relay.start();
            LOG.info("RUNNING");
            var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String command : (Iterable<String>) commands.lines()::iterator) {
                switch (command) {
                    case "hold" -> hold.atTheThirdSend();
                    case "go on" -> hold.goOn();
                    default -> {
                        return;
                    }
                }
            }
        }
    }

    private static final class Hold {

        private final Lock lock = new ReentrantLock();
        private final Condition goesOn = lock.newCondition();
        private int sendsUntil;
        private boolean holding;

        void atTheThirdSend() {
            locked(() -> sendsUntil = 3);
        }

        void goOn() {
            locked(() -> {
                sendsUntil = 0;
                holding = false;
                goesOn.signalAll();
            });
        }

        void pass() {
            locked(() -> {
                if (sendsUntil > 0 && --sendsUntil == 0) {
                    LOG.info("HOLDING");
                    holding = true;
                }
                while (holding) {
                    goesOn.awaitUninterruptibly();
                }
            });
        }

        private void locked(Runnable what) {
            lock.lock();
            try {
                what.run();
            } finally {
                lock.unlock();
            }
        }
    }

    private static final class HeldProducer extends KafkaProducer<String, byte[]> {

        private final Hold hold;

        HeldProducer(Map<String, Object> settings, Hold hold) {
            super(settings, new StringSerializer(), new ByteArraySerializer());
            this.hold = hold;
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
            hold.pass();
            return super.send(record, callback);
        }
    }
}
