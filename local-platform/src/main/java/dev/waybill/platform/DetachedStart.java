package dev.waybill.platform;

import dev.waybill.platform.process.Ledger;
import dev.waybill.platform.process.ProcessId;
import dev.waybill.platform.process.Shell;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts the supervisor as a process of its own, shows what it says, and returns when it is ready or has failed. */
final class DetachedStart {

    private final Settings settings;
    private final PrintStream out;

    DetachedStart(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    int run() throws IOException, InterruptedException {
        Preflight.directoryIsWritable(settings.dataDir());
        Files.createDirectories(settings.logs());
        Files.createDirectories(settings.holds());
        refuseWhenRunning();
        Path output = settings.logs().resolve("start.log");
        Files.deleteIfExists(output);
        List<String> command = new ArrayList<>(Shell.ownSession());
        command.addAll(List.of(settings.java().toString(), "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-Xshare:auto", "-cp", System.getProperty("java.class.path"), Demo.class.getName(), "start",
                "--in-background"));
        Process supervisor = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null")).start();
        // Whoever breaks off the start means all of it.
        var breakOff = new Thread(supervisor::destroy);
        Runtime.getRuntime().addShutdownHook(breakOff);
        boolean ready = follow(supervisor, output);
        if (ready) {
            Runtime.getRuntime().removeShutdownHook(breakOff);
        }
        return ready ? 0 : 1;
    }

    private void refuseWhenRunning() throws IOException {
        try (FileChannel channel = FileChannel.open(settings.lock(), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw StartCommand.alreadyRunning(settings);
            }
        }
    }

    private boolean follow(Process supervisor, Path output) throws IOException, InterruptedException {
        try (var said = Files.newInputStream(output)) {
            boolean ended = false;
            boolean ready = false;
            while (!ended && !ready) {
                ended = supervisor.waitFor(100, TimeUnit.MILLISECONDS);
                ready = Ledger.read(settings.ledger()).filter(this::isReady)
                        .map(Ledger.Snapshot::supervisor).map(ProcessId::pid).filter(pid -> pid == supervisor.pid())
                        .isPresent();
                // All it said before the look at its state is in the file by now.
                out.write(said.readAllBytes());
                out.flush();
            }
            return ready && !ended;
        }
    }

    private boolean isReady(Ledger.Snapshot ledger) {
        return ledger.phase() == Ledger.Phase.READY && ledger.supervisor().alive();
    }
}
