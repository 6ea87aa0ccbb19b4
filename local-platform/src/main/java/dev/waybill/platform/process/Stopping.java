package dev.waybill.platform.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Ends processes in order: the lowest stage first, those of a stage together; each is asked to stop, and killed with all it has
 * started when it does not within its time. It works from the ledger alone, so it also ends what a killed supervisor left.
 */
public final class Stopping {

    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    private final Consumer<String> say;

    public Stopping(Consumer<String> say) {
        this.say = say;
    }

    /** Ends all of them. Afterwards none of these processes runs. */
    public void stop(Collection<PartStatus> parts) throws InterruptedException {
        Map<Integer, List<PartStatus>> stages = new TreeMap<>();
        parts.forEach(part -> stages.computeIfAbsent(part.stopRule().stage(), stage -> new ArrayList<>()).add(part));
        for (List<PartStatus> stage : stages.values()) {
            stopStage(stage);
        }
    }

    private void stopStage(List<PartStatus> stage) throws InterruptedException {
        long began = System.nanoTime();
        List<PartStatus> running = stage.stream().filter(part -> part.running().isPresent()).toList();
        for (PartStatus part : running) {
            part.running().ifPresent(process -> ask(process, part.stopRule().signal()));
        }
        for (PartStatus part : running) {
            ProcessId process = part.process();
            if (process == null) {
                continue;
            }
            Duration left = part.stopRule().within().minusNanos(System.nanoTime() - began);
            if (process.awaitEnd(left.isNegative() ? Duration.ZERO : left)) {
                say.accept("  %-22s stopped".formatted(part.name()));
            } else {
                process.killTree();
                boolean ended = process.awaitEnd(AFTER_KILL);
                say.accept("  %-22s %s".formatted(part.name(),
                        ended ? "did not stop in time: killed" : "cannot be killed (pid %d)".formatted(process.pid())));
            }
        }
    }

    private static void ask(ProcessId process, String signal) {
        if (signal.equals(StopRule.KILL)) {
            process.killTree();
        } else {
            process.signal(signal);
        }
    }
}
