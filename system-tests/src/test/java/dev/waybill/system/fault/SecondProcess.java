package dev.waybill.system.fault;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.LocalPlatform;
import dev.waybill.system.driver.LocalPlatform.ProcessLine;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A second process of a service: the command and the environment of the running one, and a port of its own. The platform
 * neither knows it nor starts it again; it ends with the test.
 */
final class SecondProcess implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final long SECONDS_TO_END = 25;

    private final Process process;
    private final Path log;
    private final Thread breakOff;

    private SecondProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.breakOff = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(breakOff);
    }

    static SecondProcess of(Service service, ProcessLine first, LocalPlatform platform) throws IOException {
        Path running = Path.of("/proc", Long.toString(first.pid()));
        List<String> command = new ArrayList<>(wordsOf(running.resolve("cmdline")));
        command.add("--server.port=0");
        Path log = platform.dataDir().resolve("logs").resolve(service.process() + "-second.log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        for (String variable : wordsOf(running.resolve("environ"))) {
            int end = variable.indexOf('=');
            builder.environment().put(variable.substring(0, end), variable.substring(end + 1));
        }
        return new SecondProcess(builder.start(), log);
    }

    private static List<String> wordsOf(Path file) throws IOException {
        return List.of(new String(Files.readAllBytes(file), UTF_8).split("\0"));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Where it listens, once it has started. */
    URI address() throws IOException {
        try (Stream<String> said = Files.lines(log)) {
            return said.map(PORT::matcher).filter(Matcher::find).findFirst()
                    .map(port -> URI.create("http://127.0.0.1:" + port.group(1)))
                    .orElseThrow(() -> new IOException("Nothing in " + log + " says where it listens"));
        }
    }

    /** As kill -9. */
    void kill() {
        process.destroyForcibly();
    }

    /** An orderly end, which begins now. */
    void stop() {
        process.destroy();
    }

    /** Returns when it has ended, whatever that takes. */
    @Override
    public void close() {
        stop();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(breakOff);
    }
}
