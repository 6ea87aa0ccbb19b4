package dev.waybill.system.auditor;

import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Evidence.Asked;
import dev.waybill.system.auditor.reading.Addresses;
import dev.waybill.system.auditor.reading.EvidenceReader;
import dev.waybill.system.auditor.reading.Quiet;
import dev.waybill.system.auditor.rules.Finding;
import dev.waybill.system.auditor.rules.Rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An audit of a running platform: wait until it is quiet, read everything, judge. It changes nothing. */
public final class Audit {

    private final Addresses addresses;
    private final Duration patience;

    /** @param patience how long to wait for the platform to come to rest */
    public Audit(Addresses addresses, Duration patience) {
        this.addresses = addresses;
        this.patience = patience;
    }

    /** @param clientLog empty where no client kept one: then the orders' own rows are all that is known to have been asked */
    public Verdict run(List<Asked> clientLog) {
        List<Finding> findings = new ArrayList<>();
        Quiet.await(addresses, patience).forEach(what -> findings
                .add(new Finding("The platform did not come to rest within " + patience, null, what)));
        Evidence evidence = EvidenceReader.read(addresses, clientLog);
        findings.addAll(Rules.judge(evidence));
        return new Verdict(evidence, findings);
    }
}
