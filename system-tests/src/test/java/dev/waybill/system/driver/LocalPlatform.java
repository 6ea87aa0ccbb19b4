package dev.waybill.system.driver;

import dev.waybill.system.auditor.reading.Addresses;
import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.auditor.reading.FaultLog.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static java.util.stream.Collectors.toMap;

/**
 * A platform of the tests' own, started and stopped by {@code ./demo} as anybody would: its data in the build directory, its
 * ports where no others are, so that a demo that runs beside it is not disturbed.
 */
public final class LocalPlatform {

    private static final Logger LOG = LoggerFactory.getLogger(LocalPlatform.class);
    private static final Duration COMMAND_BOUND = Duration.ofMinutes(5);
    /** PostgreSQL, Kafka's two, the services, the simulators' two. */
    private static final List<Integer> USUAL_PORTS = List.of(15432, 19092, 19093, 8080, 8081, 8082, 8083, 8084, 8085,
            8086,
            8090,
            1025);

    private final Path demo = Path.of("..", "demo").toAbsolutePath().normalize();
    private final Path dataDir = Path.of("target", "platform").toAbsolutePath();
    private final Path transcripts = Path.of("target", "demo").toAbsolutePath();
    private final AtomicInteger commands = new AtomicInteger();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final int portOffset = freeOffset();
    private final ReceivedSpans spans = new ReceivedSpans();

    /** A line of {@code ./demo status}. */
    public record ProcessLine(String name, String state, long pid, int restarts) {}

    public Addresses addresses() {
        return new Addresses(portOffset);
    }

    public Path dataDir() {
        return dataDir;
    }

    /** All that a service has logged. */
    public List<String> log(Service service) {
        try {
            return Files.readAllLines(dataDir.resolve("logs").resolve(service.process() + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where each of its processes has logged all that it has; that may be much. */
    public Map<String, Path> logs() {
        try (Stream<Path> files = Files.list(dataDir.resolve("logs"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .collect(toMap(file -> file.getFileName().toString().replace(".log", ""), Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the processes share and nobody else may know. */
    public List<String> secrets() {
        try (Stream<Path> files = Files.list(dataDir.resolve("secrets"))) {
            List<String> secrets = new ArrayList<>();
            for (Path file : files.toList()) {
                secrets.add(Files.readString(file).strip());
            }
            return secrets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ReceivedSpans spans() {
        return spans;
    }

    /** Ends and wipes whatever an earlier run left. */
    void reset() throws IOException {
        Files.createDirectories(transcripts);
        try (Stream<Path> earlier = Files.list(transcripts)) {
            for (Path transcript : earlier.toList()) {
                Files.delete(transcript);
            }
        }
        demo("reset");
    }

    public void start() {
        long began = System.nanoTime();
        demo("start", "--detach");
        LOG.info("The platform is ready after {} s, ports moved by {}",
                Duration.ofNanos(System.nanoTime() - began).toSeconds(), portOffset);
    }

    public void stop() {
        demo("stop");
    }

    /** Kills a service's process with kill -9; it is started again after that time. */
    public void kill(Service service, Duration downFor) {
        Instant killed = Instant.now();
        demo("kill", service.process(), "--for", Long.toString(downFor.toSeconds()));
        faults.add(new Fault(killed, "kill -9 of " + service.process(), Instant.now().plus(downFor)));
        LOG.info("{} is killed", service.process());
    }

    /** What was done to it on purpose. */
    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    public List<ProcessLine> status() {
        return demo("status").lines().map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[1].matches("\\d+"))
                .map(columns -> new ProcessLine(columns[0], columns[2],
                        Long.parseLong(columns[columns.length - 2]), Integer.parseInt(columns[columns.length - 1])))
                .toList();
    }

    public List<Integer> ports() {
        return portsAt(portOffset);
    }

    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String demo(String... words) {
        List<String> command = new ArrayList<>(List.of(demo.toString()));
        command.addAll(List.of(words));
        Path transcript = transcripts.resolve("%02d-%s.log".formatted(commands.incrementAndGet(), words[0]));
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(transcript.toFile());
            builder.environment().put("WAYBILL_DATA_DIR", dataDir.toString());
            builder.environment().put("WAYBILL_PORT_OFFSET", Integer.toString(portOffset));
            builder.environment().put("WAYBILL_NO_BUILD", "1");
            builder.environment().put("WAYBILL_NO_TRAINING", "1");
            builder.environment().put("WAYBILL_PARCELS_WAIT", "1");
            // What they log when asked for much shall be seen too, and shall name no customer.
            builder.environment().put("LOGGING_LEVEL_DEV_WAYBILL", "debug");
            builder.environment().putAll(spans.environment());
            Process process = builder.start();
            boolean ended = process.waitFor(COMMAND_BOUND.toSeconds(), TimeUnit.SECONDS);
            String said = Files.readString(transcript);
            if (!ended) {
                process.destroy();
            }
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError("%s %s:%n%s".formatted(String.join(" ", command),
                        ended ? "ended with " + process.exitValue() : "did not end", said));
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted during " + command, e);
        }
    }

    /**
     * Below the range from which systems take ports for outgoing connections; begun at another place for each checkout, so
     * that two builds at the same time do not both find the same ports free.
     */
    private int freeOffset() {
        int candidates = 31;
        int first = Math.floorMod(dataDir.hashCode(), candidates);
        return IntStream.range(0, candidates).map(n -> 10_000 + (first + n) % candidates * 100)
                .filter(offset -> portsAt(offset).stream().allMatch(LocalPlatform::isFree)).findFirst()
                .orElseThrow(() -> new IllegalStateException("No range of ports is free for a platform"));
    }

    private static List<Integer> portsAt(int offset) {
        return USUAL_PORTS.stream().map(port -> port + offset).toList();
    }
}
