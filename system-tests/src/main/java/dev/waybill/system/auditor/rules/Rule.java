package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Evidence;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** One thing that must hold. It looks at nothing but the evidence, and says of each breach which order and what differs. */
public final class Rule {

    private static final int KEPT = 1_000;

    private final String name;
    private final BiConsumer<Evidence, Objections> judge;

    private Rule(String name, BiConsumer<Evidence, Objections> judge) {
        this.name = name;
        this.judge = judge;
    }

    /** A rule about the evidence as a whole. */
    static Rule ofAll(String name, BiConsumer<Evidence, Objections> judge) {
        return new Rule(name, judge);
    }

    /** A rule about each order that holds once nothing is under way with it: its sources are not read at the same moment. */
    static Rule atRest(String name, BiConsumer<Dossier, Objections> judge) {
        return new Rule(name, (evidence, objections) -> evidence.dossiers().stream().filter(evidence::isAtRest)
                .forEach(dossier -> judge.accept(dossier, objections)));
    }

    /** A rule about each order that holds at any time, whatever is under way. */
    static Rule always(String name, BiConsumer<Dossier, Objections> judge) {
        return new Rule(name,
                (evidence, objections) -> evidence.dossiers().forEach(dossier -> judge.accept(dossier, objections)));
    }

    public String name() {
        return name;
    }

    public List<Finding> judge(Evidence evidence) {
        var objections = new Objections();
        judge.accept(evidence, objections);
        return objections.findings();
    }

    /** Where a rule says what it found. Of very many the first are kept, those of the orders that were placed first. */
    final class Objections {

        private final List<Finding> findings = new ArrayList<>();
        private int more;

        void about(Dossier dossier, String what, @Nullable Object... arguments) {
            about(dossier.orderId(), what, arguments);
        }

        /** About no one order. */
        void overall(String what, @Nullable Object... arguments) {
            about((@Nullable String) null, what, arguments);
        }

        @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a library more for this one method
        void about(@Nullable String orderId, String what, @Nullable Object... arguments) {
            if (findings.size() < KEPT) {
                findings.add(new Finding(name, orderId, what.formatted(arguments)));
            } else {
                more++;
            }
        }

        private List<Finding> findings() {
            if (more > 0) {
                findings.add(new Finding(name, null, "and %d times more".formatted(more)));
            }
            return List.copyOf(findings);
        }
    }
}
