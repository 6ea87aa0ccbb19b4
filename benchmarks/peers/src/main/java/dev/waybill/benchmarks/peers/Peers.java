package dev.waybill.benchmarks.peers;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One peer as a process: it does what its standard input says, line by line, and answers each line when that is done. */
public final class Peers {

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

    private Peers() {}

    /** @param arguments which peer, PostgreSQL's port, the database, Kafka's port, the topic, a directory */
    public static void main(String[] arguments) {
        try {
            work(arguments);
            System.exit(0);
        } catch (Exception e) {
            // Others' threads would keep the process alive, and whoever waits for an answer waiting.
            LOG.error("Not relayed", e);
            System.exit(1);
        }
    }

    private static void work(String[] arguments) throws Exception {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var place = new Place(Integer.parseInt(arguments[1]), arguments[2], Integer.parseInt(arguments[3]),
                arguments[4],
                Path.of(arguments[5]));
        Peer peer = open(arguments[0], place);
        out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "fill" -> peer.fill(Integer.parseInt(words[1]));
                case "go" -> peer.go();
                case "stop" -> peer.stop();
                default -> throw new IllegalArgumentException(line);
            }
            out.println("done");
        }
        peer.stop();
    }

    private static Peer open(String name, Place place) throws Exception {
        return switch (name) {
            case "debezium" -> new Debezium(place);
            case "transaction-outbox" -> new TransactionOutboxPeer(place);
            case "modulith" -> new Modulith(place);
            default -> throw new IllegalArgumentException("No peer is called " + name);
        };
    }
}
