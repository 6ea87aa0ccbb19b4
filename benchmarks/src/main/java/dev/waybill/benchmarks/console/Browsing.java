package dev.waybill.benchmarks.console;

import dev.waybill.benchmarks.audit.ManyOrders;
import dev.waybill.benchmarks.load.Load;
import dev.waybill.benchmarks.load.Places;
import dev.waybill.benchmarks.measure.Distribution;
import dev.waybill.benchmarks.measure.Report;
import dev.waybill.benchmarks.measure.Resident;
import dev.waybill.benchmarks.platform.DemoPlatform;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks for every page of the console, one after another, as one person does who has something to look for among very many orders; then
 * several people look while as many orders are placed as can be had, and the memory that the console takes is read.
 */
public final class Browsing {

    private static final int NOT_COUNTED = 20;
    private static final int READERS = 4;
    private static final int CUSTOMERS = 8;
    private static final Duration SPANS_ARE_THERE = Duration.ofSeconds(8);
    private static final String CONSOLE = "operations-console";
    private static final int CONSOLE_PORT = 8080;

    private final DemoPlatform platform;
    private final Report report;
    private final PrintStream out;

    /** @param platform that sends its spans to its console, see {@link #spansTo} */
    public Browsing(DemoPlatform platform, Report report, PrintStream out) {
        this.platform = platform;
        this.report = report;
        this.out = out;
    }

    /** The environment of a platform whose ports are moved so far. */
    public static Map<String, String> spansTo(int portOffset) {
        return Map.of("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT",
                "http://127.0.0.1:%d/v1/traces".formatted(CONSOLE_PORT + portOffset));
    }

    /**
     * Makes the orders and the troubles, and asks.
     *
     * @param requests for each page
     * @param load     how long it is looked at while orders are placed
     */
    public void run(int orders, int parked, int requests, Duration load)
            throws IOException, SQLException, InterruptedException {
        new ManyOrders(platform, out).make(orders);
        out.println("Sagas get stuck, %d messages are parked".formatted(parked));
        var troubles = new Troubles(platform.databases());
        troubles.make(parked);
        new Load(platform.shop(), Places.ENOUGH, CUSTOMERS).steady(5, Duration.ofSeconds(4)).orThrow();
        LockSupport.parkNanos(SPANS_ARE_THERE.toNanos());
        report.condition("orders", platform.databases().number("orders", "select count(*) from orders"));
        report.condition("parked messages", parked);
        report.condition("requests for each page", requests);
        try (var browser = new Browser(platform.port(CONSOLE_PORT))) {
            List<Page> pages = new Pages(browser, troubles).all();
            for (Page page : pages) {
                ask(browser, page, requests);
            }
            memory("after that", browser);
            if (load.isPositive()) {
                out.println("%d people look at everything while orders are placed".formatted(READERS));
                lookWhileOrdersArePlaced(browser, pages, load);
                memory("after %d s under load".formatted(load.toSeconds()), browser);
            }
        }
    }

    private void ask(Browser browser, Page page, int requests) throws IOException, InterruptedException {
        List<Long> nanos = new ArrayList<>();
        int characters = 0;
        for (int n = 0; n < NOT_COUNTED + requests; n++) {
            long began = System.nanoTime();
            characters = browser.get(page.path(n)).length();
            if (n >= NOT_COUNTED) {
                nanos.add(System.nanoTime() - began);
            }
        }
        Distribution times = Distribution.of(nanos);
        out.println("%s: %.1f ms".formatted(page.name(), times.millisAt(0.5)));
        report.add("median, ms", page.name(), times.millisAt(0.5));
        report.add("99 %, ms", page.name(), times.millisAt(0.99));
        report.add("KiB", page.name(), characters / 1024.0);
    }

    private void lookWhileOrdersArePlaced(Browser browser, List<Page> pages, Duration length)
            throws InterruptedException {
        var over = new AtomicBoolean();
        Collection<String> failures = new ConcurrentLinkedQueue<>();
        List<Thread> readers = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            int first = reader;
            readers.add(Thread.ofPlatform().start(() -> {
                for (int n = first; !over.get(); n++) {
                    try {
                        browser.get(pages.get(n % pages.size()).path(n));
                    } catch (IOException e) {
                        failures.add(String.valueOf(e.getMessage()));
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            }));
        }
        Load.Result placed;
        try {
            placed = new Load(platform.shop(), Places.ENOUGH, CUSTOMERS).full(length);
        } finally {
            over.set(true);
            for (Thread reader : readers) {
                reader.join(TimeUnit.MINUTES.toMillis(1));
            }
        }
        report.condition("orders placed meanwhile", placed.orThrow().accepted());
        if (!failures.isEmpty()) {
            throw new IllegalStateException("%d pages did not come under load, the first: %s".formatted(failures.size(),
                    failures.iterator().next()));
        }
    }

    private void memory(String when, Browser browser) throws IOException, InterruptedException {
        Long process = platform.processes().get(CONSOLE);
        if (process == null) {
            throw new IllegalStateException("The console does not run");
        }
        Resident resident = Resident.of(process);
        List<String> metrics = browser.get("/actuator/prometheus").lines().toList();
        report.condition("the console's memory " + when,
                "%.0f MiB resident, %.0f at most; heap %.0f MiB, of it spans %.0f"
                        .formatted(resident.now(), resident.most(),
                                sum(metrics, "jvm_memory_used_bytes{", "area=\"heap\"") / (1024 * 1024),
                                sum(metrics, "console_traces_kept_bytes", "") / (1024 * 1024)));
    }

    private static double sum(List<String> metrics, String name, String label) {
        return metrics.stream().filter(line -> line.startsWith(name) && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }
}
