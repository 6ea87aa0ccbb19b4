package dev.waybill.console.bulk;

import dev.waybill.console.who.Who;

/** Who wants something done to all of a selection, and why. */
public record BulkOrder(Who who, String reason) {}
