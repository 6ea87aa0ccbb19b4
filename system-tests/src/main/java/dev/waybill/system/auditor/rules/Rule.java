package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Evidence;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** One thing that must hold. It looks at nothing but the evidence, and says of each breach which order and what differs. */
public final class Rule {

    private final String name;
    private final BiConsumer<Evidence, Objections> judge;

    Rule(String name, BiConsumer<Evidence, Objections> judge) {
        this.name = name;
        this.judge = judge;
    }

    public String name() {
        return name;
    }

    public List<Finding> judge(Evidence evidence) {
        var objections = new Objections();
        judge.accept(evidence, objections);
        return List.copyOf(objections.findings);
    }

    /** Where a rule says what it found. */
    final class Objections {

        private final List<Finding> findings = new ArrayList<>();

        @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a library more for this one method
        void about(@Nullable String orderId, String what, @Nullable Object... arguments) {
            findings.add(new Finding(name, orderId, what.formatted(arguments)));
        }
    }
}
