package dev.waybill.system.auditor;

import dev.waybill.system.auditor.evidence.Fact.Asked;
import dev.waybill.system.auditor.reading.Addresses;
import dev.waybill.system.auditor.reading.ClientLog;
import dev.waybill.system.auditor.reading.FaultLog;
import dev.waybill.system.auditor.reading.FaultLog.Fault;
import dev.waybill.system.auditor.reading.Progress;
import dev.waybill.system.auditor.reading.UnreadableException;
import dev.waybill.system.auditor.rules.Finding;
import org.jspecify.annotations.Nullable;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The auditor as a program; {@link #USAGE} has its options. It prints its report and ends with 0 where every invariant holds, 1
 * where one does not, 2 where it was not understood or could not find out.
 */
public final class Auditor {

    static final String USAGE = """
            --port-offset N         the platform's ports are moved by so many
            --patience SECONDS      waits so long for the platform to come to rest (10); it need not
            --settles-within SECONDS  what has begun and not ended after so long is a finding (120)
            --watch SECONDS         goes on for so long, looking at what is new
            --client-log FILE       what a client asked for and was told
            --faults FILE           what was done to the platform on purpose
            --seed SEED             of the run, to be printed
            --metrics FILE          is to hold the result in Prometheus' text format, after every look
            """;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final Addresses addresses;
    private final Duration patience;
    private final Duration watch;
    private final Circumstances circumstances;
    private final Supplier<List<Asked>> clientLog;
    private final PrintStream out;
    private final Progress progress = new Progress();
    private final @Nullable AuditMetrics metrics;

    private Auditor(List<String> arguments, PrintStream out) throws IOException {
        var options = new Options(arguments);
        this.out = out;
        this.addresses = new Addresses(options.number("--port-offset", 0));
        this.patience = Duration.ofSeconds(options.number("--patience", 10));
        this.watch = Duration.ofSeconds(options.number("--watch", 0));
        String log = options.text("--client-log");
        this.clientLog = log.isEmpty() ? List::of : () -> readLog(Path.of(log));
        String faultLog = options.text("--faults");
        List<Fault> faults = faultLog.isEmpty() ? List.of() : FaultLog.read(Path.of(faultLog));
        String seed = options.text("--seed");
        this.circumstances = new Circumstances(seed.isEmpty() ? null : seed, faults, Set.of(),
                Duration.ofSeconds(options.number("--settles-within", 120)));
        String metricsFile = options.text("--metrics");
        this.metrics = metricsFile.isEmpty() ? null : new AuditMetrics(Path.of(metricsFile));
        options.nothingElse();
        if (!log.isEmpty() && !Files.isReadable(Path.of(log))) {
            throw new UnreadableException(log + " cannot be read");
        }
    }

    public static void main(String[] arguments) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Runtime.getRuntime().exit(run(List.of(arguments), out));
    }

    static int run(List<String> arguments, PrintStream out) {
        try {
            return new Auditor(arguments, out).audit();
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.print(USAGE);
            return 2;
        } catch (IOException | UnreadableException e) {
            out.println("The audit could not be made: " + e.getMessage());
            return 2;
        }
    }

    private int audit() {
        try (var showing = new Showing()) {
            return watch.isZero() ? once() : watch(showing);
        }
    }

    private int once() {
        try (Audit audit = newAudit()) {
            audit.awaitRest(patience);
            Verdict verdict = audit.look();
            out.print(verdict.report());
            note(verdict.findings());
            return verdict.isGreen() ? 0 : 1;
        }
    }

    private int watch(Showing showing) {
        long until = System.nanoTime() + watch.toNanos();
        Set<Finding> known = new HashSet<>();
        boolean goesOn = true;
        while (goesOn) {
            try (Audit audit = newAudit()) {
                while (goesOn) {
                    Verdict verdict = audit.look();
                    if (known.addAll(verdict.findings())) {
                        out.print(verdict.report());
                    } else {
                        out.printf("%6d s  %s%n", showing.seconds(), verdict.summary());
                    }
                    note(known);
                    goesOn = showing.pause(until);
                }
            } catch (UnreadableException e) {
                // Something is down just now. What was half read is read again, from the beginning.
                out.printf("%6d s  %s%n", showing.seconds(), e.getMessage());
                goesOn = showing.pause(until);
            }
        }
        return known.isEmpty() ? 0 : 1;
    }

    private void note(Collection<Finding> findings) {
        if (metrics != null) {
            try {
                metrics.write(findings, Instant.now());
            } catch (UncheckedIOException e) {
                // What was found stands above all the same.
                out.println("The metrics could not be written: " + e.getMessage());
            }
        }
    }

    private Audit newAudit() {
        return new Audit(addresses, circumstances, clientLog, progress);
    }

    private static List<Asked> readLog(Path file) {
        try {
            return ClientLog.read(file);
        } catch (IOException e) {
            throw new UnreadableException("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    /** Says every few seconds how far it has come, as long as there is nothing else to say. */
    private final class Showing implements AutoCloseable {

        private final long began = System.nanoTime();
        private final CountDownLatch over = new CountDownLatch(1);
        private final Thread thread = Thread.ofVirtual().start(this::run);
        private volatile long shown;

        private void run() {
            try {
                while (!over.await(2, TimeUnit.SECONDS)) {
                    long now = progress.rows() + progress.records();
                    if (now != shown) {
                        out.printf("%6d s  %,d outbox rows and %,d records read%n", seconds(), progress.rows(),
                                progress.records());
                        shown = now;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        long seconds() {
            return Duration.ofNanos(System.nanoTime() - began).toSeconds();
        }

        /** Waits until it is time for the next look; answers whether there is one. */
        boolean pause(long until) {
            shown = progress.rows() + progress.records();
            long left = Math.min(BETWEEN_LOOKS.toNanos(), until - System.nanoTime());
            try {
                return left > 0 && !over.await(left, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void close() {
            over.countDown();
            thread.interrupt();
        }
    }

    /** What stands on the command line. Each option is taken out as it is read. */
    private static final class Options {

        private final List<String> left;

        Options(List<String> arguments) {
            left = new ArrayList<>(arguments);
        }

        String text(String name) {
            int at = left.indexOf(name);
            if (at < 0) {
                return "";
            }
            if (at + 1 == left.size()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            left.remove(at);
            return left.remove(at);
        }

        int number(String name, int otherwise) {
            String text = text(name);
            if (!text.isEmpty() && !text.matches("\\d{1,6}")) {
                throw new IllegalArgumentException("%s needs a number, not '%s'".formatted(name, text));
            }
            return text.isEmpty() ? otherwise : Integer.parseInt(text);
        }

        void nothingElse() {
            if (!left.isEmpty()) {
                throw new IllegalArgumentException("'%s' is not known".formatted(left.getFirst()));
            }
        }
    }
}
