package dev.waybill.benchmarks.platform;

import dev.waybill.benchmarks.load.Confirmations;
import dev.waybill.benchmarks.load.Load;
import dev.waybill.benchmarks.measure.Report;

import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Orders from placing to their confirmation, under steady loads and under as much as can be had. Whoever is compared takes
 * turns in every round, on the same machine, at the same load; the others' processes are there meanwhile, and idle.
 */
public final class Fulfilling {

    private final List<Contender> contenders;
    private final Plan plan;
    private final Report report;
    private final PrintStream out;

    /**
     * How long, how often, how many.
     *
     * @param warmUp of each contender, under full load, before anything is measured
     * @param rates of the steady loads, in orders a second
     * @param inFlight so many orders at most are on their way at once
     */
    public record Plan(Duration warmUp, int rounds, Duration steady, List<Integer> rates, Duration full, int customers,
            int inFlight) {}

    public Fulfilling(List<Contender> contenders, Plan plan, Report report, PrintStream out) {
        this.contenders = List.copyOf(contenders);
        this.plan = plan;
        this.report = report;
        this.out = out;
    }

    public void run() throws SQLException, InterruptedException {
        report.condition("plan", plan);
        if (plan.warmUp().isPositive()) {
            for (Contender contender : contenders) {
                out.println("%s warms up for %d s".formatted(contender.name(), plan.warmUp().toSeconds()));
                try (var _ = contender.turn();
                        var confirmations = new Confirmations(contender.kafkaPort(), plan.inFlight())) {
                    new Load(contender.shop(), confirmations, plan.customers()).full(plan.warmUp());
                }
            }
        }
        for (int round = 1; round <= plan.rounds(); round++) {
            // Now one goes first and now the other, so that a machine that becomes slower does so for both.
            List<Contender> turns = round % 2 == 0 ? contenders.reversed() : contenders;
            for (int rate : plan.rates()) {
                for (Contender contender : turns) {
                    out.println("round %d: %s at %d orders/s".formatted(round, contender.name(), rate));
                    steady(contender, rate);
                }
            }
            if (plan.full().isPositive()) {
                for (Contender contender : turns) {
                    out.println("round %d: %s at full load".formatted(round, contender.name()));
                    full(contender);
                }
            }
        }
        for (Contender contender : contenders) {
            Leftovers.add(report, contender);
        }
    }

    private void steady(Contender contender, int rate) throws SQLException, InterruptedException {
        try (var _ = contender.turn();
                var confirmations = new Confirmations(contender.kafkaPort(), plan.inFlight())) {
            var load = new Load(contender.shop(), confirmations, plan.customers());
            Map<String, Double> before = contender.cpuMillis();
            Load.Result result = load.steady(rate, plan.steady()).orThrow();
            Traces.awaitTheLast(contender.databases());
            Map<String, Double> after = contender.cpuMillis();
            Traces traces = Traces.read(contender.databases(), result.from(), result.until());
            String at = "at %d/s: ".formatted(rate);
            var accepted = result.answered();
            add(contender, at + "orders not accepted", result.failed());
            add(contender, at + "order accepted, p50 ms", accepted.millisAt(0.5));
            add(contender, at + "order accepted, p99 ms", accepted.millisAt(0.99));
            var confirmed = traces.placedToConfirmed();
            add(contender, at + "placed to confirmed, p50 ms", confirmed.millisAt(0.5));
            add(contender, at + "placed to confirmed, p99 ms", confirmed.millisAt(0.99));
            var handled = traces.commitToHandled();
            add(contender, at + "hop, commit to handled, p50 ms", handled.millisAt(0.5));
            add(contender, at + "hop, commit to handled, p99 ms", handled.millisAt(0.99));
            add(contender, at + "hops handled within 8 ms, %", handled.percentBelow(Duration.ofMillis(8)));
            var received = traces.commitToReceived();
            add(contender, at + "hop, commit to received, p50 ms", received.millisAt(0.5));
            add(contender, at + "hop, commit to received, p99 ms", received.millisAt(0.99));
            add(contender, at + "messages per order", traces.messagesPerOrder());
            addCpu(contender, at, before, after, confirmed.count());
        }
    }

    private void full(Contender contender) throws SQLException, InterruptedException {
        try (var _ = contender.turn();
                var confirmations = new Confirmations(contender.kafkaPort(), plan.inFlight())) {
            var load = new Load(contender.shop(), confirmations, plan.customers());
            Map<String, Double> before = contender.cpuMillis();
            Load.Result result = load.full(plan.full()).orThrow();
            Traces.awaitTheLast(contender.databases());
            Map<String, Double> after = contender.cpuMillis();
            Traces traces = Traces.read(contender.databases(), result.from(), result.until());
            String at = "full load: ";
            double seconds = Duration.between(result.from(), result.until()).toMillis() / 1e3;
            add(contender, at + "orders/s, placed to confirmed", traces.confirmedWithin() / seconds);
            add(contender, at + "orders not accepted", result.failed());
            add(contender, at + "order accepted, p50 ms", result.answered().millisAt(0.5));
            add(contender, at + "order accepted, p99 ms", result.answered().millisAt(0.99));
            add(contender, at + "placed to confirmed, p50 ms", traces.placedToConfirmed().millisAt(0.5));
            addCpu(contender, at, before, after, traces.placedToConfirmed().count());
        }
    }

    private void addCpu(Contender contender, String at, Map<String, Double> before, Map<String, Double> after,
            int orders) {
        double all = 0;
        for (var process : after.entrySet()) {
            double used = process.getValue() - before.getOrDefault(process.getKey(), 0.0);
            all += used;
            add(contender, at + "CPU ms per order, " + process.getKey(), used / orders);
        }
        add(contender, at + "CPU ms per order, all processes", all / orders);
    }

    private void add(Contender contender, String figure, double value) {
        report.add(contender.name(), figure, value);
    }
}
