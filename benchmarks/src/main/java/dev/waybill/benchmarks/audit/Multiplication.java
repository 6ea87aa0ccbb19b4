package dev.waybill.benchmarks.audit;

import dev.waybill.benchmarks.platform.Databases;
import dev.waybill.benchmarks.platform.DemoPlatform;
import dev.waybill.benchmarks.servers.Servers;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Multiplies what all orders have left, while the platform is down: only its database and its broker run meanwhile. */
final class Multiplication {

    private static final int AT_ONCE = 3;

    private final DemoPlatform platform;
    private final int copies;
    private final long orderNumbers;

    /** @param copies how many there are to be besides the original */
    Multiplication(DemoPlatform platform, int copies) throws SQLException {
        this.platform = platform;
        this.copies = copies;
        this.orderNumbers = platform.databases().number("orders",
                "select max(substr(number, 3)::bigint) - min(substr(number, 3)::bigint) + 1 from orders");
    }

    /** The platform runs before and afterwards. */
    void run() throws IOException, InterruptedException {
        platform.close();
        OutsideBooks.multiply(platform.data().resolve("simulators"), copies, orderNumbers);
        try (Servers servers = Servers.on(platform.data(), platform.portOffset())) {
            Databases databases = servers.startPostgres();
            int kafka = servers.startKafka();
            List<Callable<Boolean>> tasks = new ArrayList<>();
            tasks.add(() -> {
                new Records(kafka, copies, orderNumbers).multiply();
                return true;
            });
            Tables.DATABASES.forEach(name -> tasks.add(() -> {
                new Tables(databases, name, copies, orderNumbers).multiply();
                return true;
            }));
            try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
                for (Future<Boolean> task : threads.invokeAll(tasks)) {
                    task.get();
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The orders could not be multiplied: " + e.getCause(), e);
        }
        platform.startAgain();
    }
}
