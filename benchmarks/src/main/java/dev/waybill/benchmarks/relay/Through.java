package dev.waybill.benchmarks.relay;

import dev.waybill.benchmarks.floor.Taking;
import dev.waybill.benchmarks.measure.Report;
import dev.waybill.benchmarks.platform.Databases;
import dev.waybill.benchmarks.servers.Servers;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The whole way of a message: from a full outbox through relay and Kafka into an inbox, all at once. Ours goes from the order
 * service to the orchestrator, both as shipped: events of orders that no saga works on, so that each is read, taken into the
 * inbox, looked up, and found to be nobody's. The bare one does not even look them up. Measured is from the first transaction
 * that took some to the last.
 */
public final class Through implements AutoCloseable {

    private static final String TYPE = "dev.waybill.order.confirmed.v1";
    private static final String PAYLOAD = "{\"orderId\":\"{}\"}";
    private static final String BARE = "bare";
    private static final String FIGURE = "events/s through outbox, relay, Kafka and inbox";
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String TAKEN = """
            with taken as (select received_at, count(*) as n from inbox where received_at >= ? group by 1)
            select sum(n), sum(n) filter (where received_at > (select min(received_at) from taken)),
                   extract(epoch from max(received_at) - min(received_at)) from taken""";

    private final Report report;
    private final PrintStream out;
    private final Databases databases;
    private final ServiceRelay ours;
    private final BareRelay bare;
    private final Taking taking;

    public Through(Path repository, Servers servers, Report report, PrintStream out)
            throws IOException, SQLException, InterruptedException {
        this.report = report;
        this.out = out;
        this.databases = servers.startPostgres();
        int kafka = servers.startKafka();
        servers.startService(repository, "order-service", 8081, "orders");
        servers.startService(repository, "saga-orchestrator", 8085, "saga");
        this.ours = new ServiceRelay(databases, "orders", 0);
        this.bare = new BareRelay(repository, databases, kafka);
        try (var topics = new TopicGauge(kafka)) {
            topics.make(bare.topic());
        }
        this.taking = new Taking(databases, BARE, kafka, bare.topic());
    }

    /** Both in turn; a first round is not counted. */
    public void run(int rounds, int rows) throws IOException, SQLException, InterruptedException {
        report.condition("rows", rows);
        for (int round = 0; round <= rounds; round++) {
            Backlog.fill(databases, BARE, bare.topic(), TYPE, PAYLOAD, rows);
            measure(bare, BARE, rows, round);
            Backlog.fill(databases, "orders", "order.events", TYPE, PAYLOAD, rows);
            measure(ours, "saga", rows, round);
        }
    }

    private void measure(Competitor relay, String database, int rows, int round)
            throws IOException, SQLException, InterruptedException {
        Timestamp began = new Timestamp(System.currentTimeMillis());
        relay.go();
        double rate = Double.NaN;
        long taken = 0;
        try (Connection connection = databases.connect(database);
                PreparedStatement query = connection.prepareStatement(TAKEN)) {
            query.setTimestamp(1, began);
            for (long giveUp = System.nanoTime() + BOUND.toNanos(); taken < rows && System.nanoTime() < giveUp;) {
                TimeUnit.MILLISECONDS.sleep(200);
                ResultSet row = query.executeQuery();
                row.next();
                taken = row.getLong(1);
                rate = row.getDouble(2) / row.getDouble(3);
            }
        }
        relay.stop();
        out.println("round %d: %s, %d of %d, %.0f/s".formatted(round, relay.name(), taken, rows, rate));
        if (round > 0) {
            report.add(relay.name(), FIGURE, rate);
        }
    }

    @Override
    public void close() {
        taking.close();
        bare.close();
    }
}
