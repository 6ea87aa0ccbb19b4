package dev.waybill.benchmarks.floor;

import dev.waybill.benchmarks.load.Shop;
import dev.waybill.benchmarks.measure.Cpu;
import dev.waybill.benchmarks.platform.Contender;
import dev.waybill.benchmarks.platform.Databases;
import dev.waybill.benchmarks.platform.Simulators;
import dev.waybill.benchmarks.platform.Stock;
import dev.waybill.benchmarks.servers.Servers;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bare program, in this process, with PostgreSQL and Kafka of its own. Its processor time includes that of its customers,
 * as they are in the same process; over REST they are not counted.
 */
public final class Floor implements Contender {

    private final Servers servers;
    private final Databases databases;
    private final int kafka;
    private final Map<String, Long> simulators;
    private final Map<String, Relay> relays = new HashMap<>();
    private final List<Outside> outside;
    private final List<Consumer> consumers;
    private final Placing placing;

    private Floor(Servers servers, Databases databases, int kafka, Simulators simulators) throws SQLException {
        this.servers = servers;
        this.databases = databases;
        this.kafka = kafka;
        this.simulators = Map.of("simulators", simulators.process());
        for (String database : Databases.NAMES) {
            relays.put(database, new Relay(databases, database, kafka));
        }
        this.placing = new Placing(databases, wake("orders"));
        // Each needs the other: what is noted is made, what was made is recorded.
        var calls = new HashMap<String, Outside>();
        var paying = new Paying(noted -> outsideOf(calls, "payments").make(noted));
        var shipping = new Shipping(noted -> outsideOf(calls, "shipping").make(noted));
        calls.put("payments", new Outside(databases, "payments", simulators.port(), paying, wake("payments")));
        calls.put("shipping", new Outside(databases, "shipping", simulators.port(), shipping, wake("shipping")));
        this.outside = List.copyOf(calls.values());
        this.consumers = List.of(
                consumer("order-commands", "orders", new Confirming(), "order.commands"),
                consumer("stock", "inventory", new Reserving(), "inventory.commands"),
                consumer("payment-commands", "payments", paying, "payment.commands"),
                consumer("shipment-commands", "shipping", shipping, "shipping.commands"),
                consumer("sagas", "saga", new Sagas(), "order.events", "inventory.events", "payment.events",
                        "shipping.events"));
    }

    /**
     * With empty tables, and enough of everything in stock.
     *
     * @param servers none of which is started yet
     */
    public static Floor start(Path repository, Servers servers, Simulators simulators)
            throws IOException, SQLException {
        Databases databases = servers.startPostgres("track_commit_timestamp = on");
        int kafka = servers.startKafka();
        Tables.make(repository, databases);
        Stock.fillUp(databases);
        return new Floor(servers, databases, kafka, simulators);
    }

    private static Outside outsideOf(Map<String, Outside> calls, String database) {
        Outside found = calls.get(database);
        if (found == null) {
            throw new IllegalStateException("Nothing is called for " + database);
        }
        return found;
    }

    private Consumer consumer(String name, String database, Consumer.Handler handler, String... topics)
            throws SQLException {
        return new Consumer(name, databases, database, kafka, List.of(topics), handler, wake(database));
    }

    private Runnable wake(String database) {
        Relay relay = relays.get(database);
        if (relay == null) {
            throw new IllegalArgumentException("No relay reads " + database);
        }
        return relay::wakeUp;
    }

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public Shop shop() {
        return placing;
    }

    @Override
    public int kafkaPort() {
        return kafka;
    }

    @Override
    public Databases databases() {
        return databases;
    }

    @Override
    public Map<String, Double> cpuMillis() {
        Map<String, Long> processes = new LinkedHashMap<>(servers.processes());
        processes.putAll(simulators);
        processes.put("bare program", ProcessHandle.current().pid());
        return Cpu.millisOf(processes);
    }

    @Override
    public void close() {
        consumers.forEach(Consumer::close);
        outside.forEach(Outside::close);
        relays.values().forEach(Relay::close);
        servers.close();
    }
}
