package dev.waybill.system.auditor.rules;

import org.jspecify.annotations.Nullable;

/**
 * Something that must not be.
 *
 * @param rule the name of the rule that it breaks, which begins with its invariant's
 * @param orderId the order that diverges; null where it is not about one order
 */
public record Finding(String rule, @Nullable String orderId, String what) {

    @Override
    public String toString() {
        return orderId == null ? "%s: %s".formatted(rule, what) : "%s: order %s: %s".formatted(rule, orderId, what);
    }
}
