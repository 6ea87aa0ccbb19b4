package dev.waybill.platform;

import dev.waybill.platform.process.Background;
import dev.waybill.platform.process.Logs;
import dev.waybill.platform.process.PlatformFailure;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Shows the end of a process's log, and what is added to it if that is asked for. */
final class LogsCommand {

    /** Logs that belong to no single process. */
    private static final List<String> OTHERS = List.of("platform", "build", "start", Background.NAME);

    private final Settings settings;
    private final PrintStream out;

    LogsCommand(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    int run(String name, int lines, boolean follow) throws IOException, InterruptedException {
        if (!OTHERS.contains(name) && !Names.all(settings).contains(name)) {
            throw Names.unknown(name, settings);
        }
        var logs = new Logs(settings.logs());
        Path log = logs.of(name);
        if (!Files.exists(log)) {
            throw new PlatformFailure("There is no log of %s yet: %s".formatted(name, log));
        }
        long end = Files.size(log);
        logs.tail(name, lines).forEach(out::println);
        if (follow) {
            followFrom(log, end);
        }
        return 0;
    }

    /** Until Ctrl-C. A log that was put aside, and so became shorter, is read from its beginning. */
    private void followFrom(Path log, long end) throws IOException, InterruptedException {
        var never = new CountDownLatch(1);
        long position = end;
        while (!never.await(300, TimeUnit.MILLISECONDS)) {
            if (!Files.exists(log)) {
                continue;
            }
            try (var file = new RandomAccessFile(log.toFile(), "r")) {
                position = file.length() < position ? 0 : position;
                byte[] added = new byte[(int) Math.min(file.length() - position, 1 << 20)];
                file.seek(position);
                file.readFully(added);
                position += added.length;
                out.write(added);
                out.flush();
            }
        }
    }
}
