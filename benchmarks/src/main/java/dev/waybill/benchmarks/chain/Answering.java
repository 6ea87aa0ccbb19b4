package dev.waybill.benchmarks.chain;

import dev.waybill.benchmarks.load.Confirmations;
import dev.waybill.benchmarks.load.Load;
import dev.waybill.benchmarks.load.Places;
import dev.waybill.benchmarks.measure.Distribution;
import dev.waybill.benchmarks.measure.Report;
import dev.waybill.benchmarks.platform.DemoPlatform;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** How long a customer waits for an answer: at the platform, and at the chain, in turn. */
public final class Answering {

    private static final int ON_THEIR_WAY = 2_000;
    private static final String PLATFORM = "platform";
    private static final String CHAIN = "chain";

    private final DemoPlatform platform;
    private final Chain chain;
    private final Report report;
    private final PrintStream out;

    public Answering(DemoPlatform platform, Chain chain, Report report, PrintStream out) {
        this.platform = platform;
        this.chain = chain;
        this.report = report;
        this.out = out;
    }

    /**
     * Steady loads; of each what was measured is the time from when an order was due until it was answered.
     *
     * @param rates in orders a second
     */
    public void run(int rounds, List<Integer> rates, Duration length, Duration warmUp, int customers)
            throws InterruptedException {
        report.condition("plan", "%d rounds of %d s".formatted(rounds, length.toSeconds()));
        try (var confirmations = new Confirmations(platform.kafkaPort(), ON_THEIR_WAY)) {
            var atPlatform = new Load(platform.shop(), confirmations, customers);
            var atChain = new Load(chain.shop(), Places.ENOUGH, customers);
            int usual = rates.getLast();
            out.println("both warm up for %d s at %d orders/s".formatted(warmUp.toSeconds(), usual));
            atPlatform.steady(usual, warmUp);
            atChain.steady(usual, warmUp);
            for (int round = 1; round <= rounds; round++) {
                for (int rate : rates) {
                    out.println("round %d: %d orders/s".formatted(round, rate));
                    add(PLATFORM, rate, atPlatform.steady(rate, length).orThrow());
                    add(CHAIN, rate, atChain.steady(rate, length).orThrow());
                }
            }
        }
    }

    private void add(String contender, int rate, Load.Result result) {
        Distribution answered = result.answered();
        report.add(contender, "at %d/s: orders not accepted".formatted(rate), result.failed());
        report.add(contender, figure(rate, "p50"), answered.millisAt(0.5));
        report.add(contender, figure(rate, "p99"), answered.millisAt(0.99));
    }

    private static String figure(int rate, String share) {
        return "at %d/s: order answered, %s ms".formatted(rate, share);
    }
}
