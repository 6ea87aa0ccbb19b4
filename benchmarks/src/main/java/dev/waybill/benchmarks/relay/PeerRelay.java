package dev.waybill.benchmarks.relay;

import dev.waybill.benchmarks.platform.Databases;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Somebody else's relay in a process of its own, with a JVM as it comes; what it is to do is said line by line. */
final class PeerRelay implements Competitor {

    /** The ones there are. Debezium reads a table of our own form, the others have theirs. */
    enum Kind {
        DEBEZIUM("debezium"), TRANSACTION_OUTBOX("transaction-outbox"), MODULITH("modulith");

        private final String peer;

        Kind(String peer) {
            this.peer = peer;
        }
    }

    private final Kind kind;
    private final Databases databases;
    private final String database;
    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;

    PeerRelay(Kind kind, Path repository, Databases databases, int kafkaPort, Path directory)
            throws IOException, SQLException {
        this.kind = kind;
        this.databases = databases;
        this.database = kind.peer.replace('-', '_');
        switch (kind) {
            case DEBEZIUM -> Backlog.make(repository, databases, database);
            case TRANSACTION_OUTBOX, MODULITH -> Backlog.create(databases, database);
        }
        Path target = repository.resolve("benchmarks").resolve("peers").resolve("target");
        Path own = Files.createDirectories(directory.resolve(kind.peer));
        this.process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g", "-cp", target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                "dev.waybill.benchmarks.peers.Peers", kind.peer, Integer.toString(databases.port()), database,
                Integer.toString(kafkaPort), topic(), own.toString())).redirectError(own.resolve("log").toFile())
                .start();
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        expect("ready");
    }

    @Override
    public String name() {
        return kind.peer;
    }

    @Override
    public String topic() {
        return "relay." + kind.peer;
    }

    @Override
    public long process() {
        return process.pid();
    }

    @Override
    public void fill(int rows) throws IOException, SQLException {
        switch (kind) {
            case DEBEZIUM -> Backlog.fill(databases, database, topic(), rows);
            case TRANSACTION_OUTBOX, MODULITH -> say("fill " + rows);
        }
    }

    @Override
    public void go() throws IOException {
        say("go");
    }

    @Override
    public void stop() throws IOException {
        say("stop");
    }

    private void say(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        expect("done");
    }

    private void expect(String answer) throws IOException {
        String line = answers.readLine();
        if (!answer.equals(line)) {
            throw new IOException("%s said %s; see its log".formatted(kind.peer, line));
        }
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
