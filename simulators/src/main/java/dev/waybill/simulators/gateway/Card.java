package dev.waybill.simulators.gateway;

import org.jspecify.annotations.Nullable;

/** The payment methods that the gateway knows, and how each behaves. */
enum Card {
    GOOD, DECLINED, WITHOUT_FUNDS, SLOW, SILENT;

    static Card of(String paymentMethod) {
        return switch (paymentMethod) {
            case "pm_card_visa" -> GOOD;
            case "pm_card_insufficient_funds" -> WITHOUT_FUNDS;
            case "pm_card_slow" -> SLOW;
            case "pm_card_unknown_outcome" -> SILENT;
            // pm_card_declined, and whatever nobody has heard of
            default -> DECLINED;
        };
    }

    @Nullable Refusal refusal() {
        return switch (this) {
            case GOOD, SLOW, SILENT -> null;
            case DECLINED -> Refusal.CARD_DECLINED;
            case WITHOUT_FUNDS -> Refusal.INSUFFICIENT_FUNDS;
        };
    }
}
