package dev.waybill.inventory.stock;

/** What has become of an adjustment. */
sealed interface AdjustmentOutcome {

    /** On hand is what it was to be. */
    record Adjusted(StockMovement movement) implements AdjustmentOutcome {}

    /** Nothing has changed: less would be on hand than is reserved. */
    record TooFewLeft(int onHand, int reserved) implements AdjustmentOutcome {}

    /** Nothing has changed: more would be on hand than is counted here. */
    record TooMany(int onHand) implements AdjustmentOutcome {}
}
