package dev.waybill.payment.payments;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How what was stored in an older form is read: for each type and each form but today's a step to the next form, JSON in and
 * JSON out. A step knows no class of ours, as the classes move on and the bytes do not. Each has a file beside its test that
 * shows what it makes of what.
 */
final class Upcasters {

    /** From this form of this type to the next. */
    record Step(String type, int schemaVersion) {}

    /** What is stored today. */
    static final Upcasters ALL = new Upcasters(Map.of(new Step("Imported", 1), Upcasters::importedRow));

    private final Map<Step, UnaryOperator<ObjectNode>> steps;

    Upcasters(Map<Step, UnaryOperator<ObjectNode>> steps) {
        this.steps = Map.copyOf(steps);
    }

    /** The form in which this type is written today: the one after the last step. */
    int current(String type) {
        int version = 1;
        while (steps.containsKey(new Step(type, version))) {
            version++;
        }
        return version;
    }

    /**
     * The payload in today's form.
     *
     * @throws IllegalStateException where a newer version of the program has written it
     */
    ObjectNode toCurrent(String type, int schemaVersion, ObjectNode payload) {
        int current = current(type);
        if (schemaVersion > current) {
            throw new IllegalStateException("%s is stored in form %d, which is newer than the %d that is known here"
                    .formatted(type, schemaVersion, current));
        }
        ObjectNode read = payload;
        for (int version = schemaVersion; version < current; version++) {
            read = steps.getOrDefault(new Step(type, version), UnaryOperator.identity()).apply(read);
        }
        return read;
    }

    /** The migration that began the streams put the row there as it was, column by column. */
    private static ObjectNode importedRow(ObjectNode row) {
        ObjectNode imported = JsonNodeFactory.instance.objectNode();
        imported.set("status", row.path("status"));
        imported.set("inDoubt", row.path("in_doubt"));
        imported.set("voidRequested", row.path("void_requested"));
        JsonNode currency = row.path("currency");
        if (currency.isString()) {
            imported.putObject("total").set("amountMinor", row.path("total_minor")).set("currency",
                    currency);
        } else {
            imported.putNull("total");
        }
        imported.set("paymentMethod", row.path("payment_method"));
        imported.set("reference", row.path("gateway_reference"));
        imported.set("declineReason", row.path("decline_reason"));
        imported.set("captureRefusal", row.path("capture_refusal"));
        return imported;
    }
}
