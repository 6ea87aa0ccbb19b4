package dev.waybill.benchmarks;

import dev.waybill.benchmarks.audit.Auditing;
import dev.waybill.benchmarks.chain.Answering;
import dev.waybill.benchmarks.chain.Chain;
import dev.waybill.benchmarks.console.Browsing;
import dev.waybill.benchmarks.floor.Floor;
import dev.waybill.benchmarks.measure.Report;
import dev.waybill.benchmarks.observability.Observing;
import dev.waybill.benchmarks.platform.Contender;
import dev.waybill.benchmarks.platform.DemoPlatform;
import dev.waybill.benchmarks.platform.Fulfilling;
import dev.waybill.benchmarks.platform.Simulators;
import dev.waybill.benchmarks.relay.Relaying;
import dev.waybill.benchmarks.relay.Through;
import dev.waybill.benchmarks.search.Searching;
import dev.waybill.benchmarks.servers.Servers;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The command line behind {@code ./bench}. Exit codes: 0 it was measured, 1 it could not be, 2 it was not understood. */
public final class Bench {

    private static final String HELP = """
            ./bench platform          the platform as shipped and the bare program in turn: orders from placing to confirmed
                --rounds N              each measures everything so often (default 3)
                --rates R,R             steady loads, in orders a second (default 10)
                --steady S              seconds of each (default 10)
                --full S                seconds of as many orders as can be had (default 20; 0: not)
                --warm-up S             seconds of full load before (default 60)
                --customers N           who place at the same time (default 32)
                --in-flight N           orders on their way at the same time, at most (default 400)
                --floor 0               without the bare program
            ./bench floor             the bare program alone, with the same options
            ./bench relay             our relay, the bare one and others: a full table, until all stands on the topic
                --rounds N              after one that is not counted (default 3)
                --rows N                of each round (default 50000)
                --slow-rows N           the same for those that send message by message (default 500)
            ./bench through           from a full outbox through relay and Kafka into an inbox: ours and the bare one
                --rounds N --rows N     (default 3 and 50000)
            ./bench chain             how long a customer waits for an answer, beside four services that call each other
                --rounds N --rates R,R --steady S --warm-up S --customers N

            ./bench audit             how long ./demo audit takes for very many orders, while the platform runs
                --orders N              some hundred of them placed, the rest copies (default 100000)
                --rounds N              audits (default 3)
            ./bench search            how long looking for orders takes as they become more
                --sizes N,N             orders (default 10000,100000,1000000)
                --requests N            of each kind (default 1000)
            ./bench console           how long the console's pages take among very many orders, and its memory
                --orders N              some hundred of them placed, the rest copies (default 100000)
                --parked N              messages that wait for somebody (default 10000)
                --requests N            for each page (default 50)
                --load S                seconds during which orders are placed while people look (default 60; 0: not)
            ./bench observability     the platform with everything that watches it and without any of it, in turn, at full load
                --rounds N --full S --warm-up S --customers N --in-flight N   (default 5, 20, 45, 32 and 400)

            Results: a table here, every single value in benchmarks/target/results. Everything listens on 127.0.0.1 only.
            BENCH_PORT_OFFSET (default 9000): added to every port. WAYBILL_JAVA_OPTS: added to every service's JVM.
            """;

    private static final Set<String> FULFILLING = Set.of("rounds", "rates", "steady", "full", "warm-up", "customers",
            "in-flight", "floor");

    private final Path repository = Path.of(System.getenv().getOrDefault("WAYBILL_HOME", ".")).toAbsolutePath()
            .normalize();
    private final Path target = repository.resolve("benchmarks").resolve("target");
    private final int portOffset = Integer.parseInt(System.getenv().getOrDefault("BENCH_PORT_OFFSET", "9000"));
    private final PrintStream out;

    private Bench(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(new Bench(out).run(Arrays.asList(arguments)));
    }

    private int run(List<String> words) {
        String command = words.isEmpty() ? "help" : words.getFirst();
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        try {
            switch (command) {
                case "platform" -> platform(rest);
                case "floor" -> floor(rest);
                case "relay" -> relay(rest);
                case "through" -> through(rest);
                case "chain" -> chain(rest);
                case "audit" -> audit(rest);
                case "search" -> search(rest);
                case "console" -> console(rest);
                case "observability" -> observability(rest);
                case "help", "--help" -> out.print(HELP);
                default -> throw new IllegalArgumentException(command + " is no command");
            }
            return 0;
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.print(HELP);
            return 2;
        } catch (IOException | SQLException | RuntimeException e) {
            out.println("Not measured: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void platform(List<String> words) throws IOException, SQLException, InterruptedException {
        var options = new Options(words, FULFILLING);
        var report = new Report("platform");
        List<Contender> contenders = new ArrayList<>();
        try (var cleanUp = new CleanUp()) {
            out.println("The platform starts");
            var platform = cleanUp.add(new DemoPlatform(repository, target.resolve("platform"), portOffset, "platform",
                    DemoPlatform.ONLY_WHAT_IS_COUNTED));
            platform.start();
            contenders.add(platform);
            if (options.number("floor", 1) == 1) {
                var servers = cleanUp.add(new Servers(target.resolve("floor"), portOffset + 100));
                contenders.add(cleanUp.add(Floor.start(repository, servers, platform.simulators())));
            }
            new Fulfilling(contenders, plan(options), report, out).run();
        }
        report.compare("platform", "floor");
        finish(report);
    }

    private void floor(List<String> words) throws IOException, SQLException, InterruptedException {
        var options = new Options(words, FULFILLING);
        var report = new Report("floor");
        try (var cleanUp = new CleanUp()) {
            out.println("The bare program starts");
            var servers = cleanUp.add(new Servers(target.resolve("floor"), portOffset + 100));
            int port = servers.startSimulators(repository);
            long process = servers.processes().getOrDefault("simulators", 0L);
            var floor = cleanUp.add(Floor.start(repository, servers, new Simulators(port, process)));
            new Fulfilling(List.of(floor), plan(options), report, out).run();
        }
        finish(report);
    }

    private void relay(List<String> words) throws IOException, SQLException, InterruptedException {
        var options = new Options(words, Set.of("rounds", "rows", "slow-rows"));
        var report = new Report("relay");
        try (var cleanUp = new CleanUp()) {
            var servers = cleanUp.add(new Servers(target.resolve("relay"), portOffset));
            var relaying = cleanUp.add(new Relaying(repository, target.resolve("relay"), servers, report, out));
            relaying.run(options.number("rounds", 3), options.number("rows", 50_000),
                    options.number("slow-rows", 500));
        }
        report.compare("waybill", "bare relay");
        finish(report);
    }

    private void through(List<String> words) throws IOException, SQLException, InterruptedException {
        var options = new Options(words, Set.of("rounds", "rows"));
        var report = new Report("through");
        try (var cleanUp = new CleanUp()) {
            var servers = cleanUp.add(new Servers(target.resolve("through"), portOffset));
            var through = cleanUp.add(new Through(repository, servers, report, out));
            through.run(options.number("rounds", 3), options.number("rows", 50_000));
        }
        report.compare("waybill", "bare relay");
        finish(report);
    }

    private void chain(List<String> words) throws IOException, SQLException, InterruptedException {
        var options = new Options(words, Set.of("rounds", "rates", "steady", "warm-up", "customers"));
        var report = new Report("chain");
        try (var cleanUp = new CleanUp()) {
            out.println("The platform starts");
            var platform = cleanUp.add(new DemoPlatform(repository, target.resolve("platform"), portOffset, "platform",
                    DemoPlatform.ONLY_WHAT_IS_COUNTED));
            platform.start();
            var servers = cleanUp.add(new Servers(target.resolve("chain"), portOffset + 100));
            var chain = cleanUp.add(new Chain(servers.startPostgres(), platform.simulators().port()));
            new Answering(platform, chain, report, out).run(options.number("rounds", 3),
                    options.numbers("rates", "5,20"), Duration.ofSeconds(options.number("steady", 10)),
                    Duration.ofSeconds(options.number("warm-up", 20)), options.number("customers", 64));
        }
        report.compare("platform", "chain");
        finish(report);
    }

    private void audit(List<String> words) throws IOException, SQLException, InterruptedException {
        var options = new Options(words, Set.of("orders", "rounds"));
        var report = new Report("audit");
        try (var cleanUp = new CleanUp()) {
            out.println("The platform starts");
            var platform = cleanUp.add(new DemoPlatform(repository, target.resolve("platform"), portOffset));
            platform.start();
            new Auditing(platform, report, out).run(options.number("orders", 100_000), options.number("rounds", 3));
        }
        finish(report);
    }

    private void search(List<String> words) throws IOException, SQLException, InterruptedException {
        var options = new Options(words, Set.of("sizes", "requests"));
        var report = new Report("search");
        try (var cleanUp = new CleanUp()) {
            var servers = cleanUp.add(new Servers(target.resolve("search"), portOffset));
            var databases = servers.startPostgres();
            servers.startKafka();
            int service = servers.startService(repository, "order-service", 8081, "orders");
            new Searching(databases, service, report, out).run(options.numbers("sizes", "10000,100000,1000000"),
                    options.number("requests", 1_000));
        }
        finish(report);
    }

    private void console(List<String> words) throws IOException, SQLException, InterruptedException {
        var options = new Options(words, Set.of("orders", "parked", "requests", "load"));
        var report = new Report("console");
        try (var cleanUp = new CleanUp()) {
            out.println("The platform starts");
            var platform = cleanUp.add(new DemoPlatform(repository, target.resolve("platform"), portOffset, "platform",
                    Browsing.spansTo(portOffset)));
            platform.start();
            new Browsing(platform, report, out).run(options.number("orders", 100_000),
                    options.number("parked", 10_000), options.number("requests", 50),
                    Duration.ofSeconds(options.number("load", 60)));
        }
        finish(report);
    }

    private void observability(List<String> words) throws IOException, SQLException, InterruptedException {
        var options = new Options(words, Set.of("rounds", "full", "warm-up", "customers", "in-flight"));
        var report = new Report("observability");
        try (var cleanUp = new CleanUp()) {
            var observing = cleanUp.add(new Observing(repository, target, portOffset));
            var plan = new Fulfilling.Plan(Duration.ofSeconds(options.number("warm-up", 45)),
                    options.number("rounds", 5), Duration.ZERO, List.of(),
                    Duration.ofSeconds(options.number("full", 20)),
                    options.number("customers", 32), options.number("in-flight", 400));
            observing.run(plan, report, out);
        }
        finish(report);
    }

    private static Fulfilling.Plan plan(Options options) {
        return new Fulfilling.Plan(Duration.ofSeconds(options.number("warm-up", 60)), options.number("rounds", 3),
                Duration.ofSeconds(options.number("steady", 10)), options.numbers("rates", "10"),
                Duration.ofSeconds(options.number("full", 20)), options.number("customers", 32),
                options.number("in-flight", 400));
    }

    private void finish(Report report) throws IOException {
        report.print(out);
        out.println("Every value: " + report.write(target.resolve("results")));
    }
}
