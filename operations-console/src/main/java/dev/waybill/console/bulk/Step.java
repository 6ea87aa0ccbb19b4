package dev.waybill.console.bulk;

/** What follows from an act's result for the item and for the work as a whole. */
sealed interface Step {

    /** The item is seen to, and the next one comes. */
    record Ended(ItemOutcome outcome, String said) implements Step {}

    /**
     * Nothing can be said about the item, and the others would fare no better: it stands first when the work is resumed.
     *
     * @param perhapsDone whether it stays marked as begun
     */
    record Pause(String said, boolean perhapsDone) implements Step {}

    /** @param begunBefore an earlier call for this item has no known end */
    static Step after(BulkResult result, boolean begunBefore) {
        return switch (result) {
            case BulkResult.Done done -> new Ended(ItemOutcome.DONE, done.said());
            case BulkResult.Failed failed -> new Ended(ItemOutcome.FAILED, failed.said());
            case BulkResult.PassedOver changed when begunBefore -> new Ended(ItemOutcome.UNCLEAR,
                    "An earlier attempt was cut off and may have done it. Now: " + changed.said());
            case BulkResult.PassedOver changed -> new Ended(ItemOutcome.PASSED_OVER, changed.said());
            case BulkResult.Silent silent -> new Pause(silent.said(), begunBefore || silent.perhapsDone());
        };
    }
}
