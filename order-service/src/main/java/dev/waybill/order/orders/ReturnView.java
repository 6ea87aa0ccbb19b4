package dev.waybill.order.orders;

import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.ReturnRefusal;
import dev.waybill.events.OrderId;
import dev.waybill.events.ReturnId;
import dev.waybill.events.StockLine;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A return as callers see it.
 *
 * @param reason as whoever asked for it stated it
 * @param refusal null unless it was refused
 */
record ReturnView(
        ReturnId id,
        OrderId orderId,
        OrderReturn.Status status,
        List<StockLine> lines,
        Money refund,
        String reason,
        @Nullable ReturnRefusal refusal,
        Instant requestedAt,
        Instant updatedAt) {

    static ReturnView from(OrderReturn found) {
        return new ReturnView(
                found.id(),
                found.orderId(),
                found.status(),
                found.lines(),
                found.refund(),
                found.statedReason(),
                found.refusal(),
                found.requestedAt(),
                found.updatedAt());
    }
}
