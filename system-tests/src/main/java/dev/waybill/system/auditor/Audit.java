package dev.waybill.system.auditor;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Fact.Asked;
import dev.waybill.system.auditor.reading.Addresses;
import dev.waybill.system.auditor.reading.Progress;
import dev.waybill.system.auditor.reading.Transcript;
import dev.waybill.system.auditor.reading.UnderWay;
import dev.waybill.system.auditor.reading.Window;
import dev.waybill.system.auditor.rules.Finding;
import dev.waybill.system.auditor.rules.Rules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An audit of a running platform: look at what is new, judge it. It changes nothing. Orders that are under way are judged by what
 * holds at any time; and by all the rest once they have come to rest, at this look or at one of the next. The first look is at
 * everything there is.
 */
public final class Audit implements AutoCloseable {

    private final Addresses addresses;
    private final Circumstances circumstances;
    private final Supplier<List<Asked>> clientLog;
    private final UnderWay underWay;
    private final Window window;

    /** @param clientLog empty where no client kept one: then the orders' own rows are all that is known to have been asked */
    public Audit(Addresses addresses, Circumstances circumstances, Supplier<List<Asked>> clientLog, Progress progress) {
        this.addresses = addresses;
        this.circumstances = circumstances;
        this.clientLog = clientLog;
        this.underWay = new UnderWay(addresses);
        this.window = new Window(addresses, underWay, circumstances.foreign(), progress);
    }

    /** Waits until nothing is under way, or until the time is over. */
    public void awaitRest(Duration atMost) {
        underWay.awaitRest(atMost);
    }

    /** Looks at what is new and judges it. */
    public Verdict look() {
        Evidence evidence = window.next(clientLog, pending -> circumstances.isOverdue(pending, Instant.now()));
        List<Finding> findings = Rules.judge(evidence);
        Optional<Dossier> diverging = Verdict.firstDivergingOrder(evidence, findings);
        return new Verdict(evidence, findings, circumstances,
                diverging.map(order -> Timeline.of(order, Transcript.of(order, addresses))).orElse(""));
    }

    @Override
    public void close() {
        window.close();
        underWay.close();
    }
}
