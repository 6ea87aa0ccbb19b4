package dev.waybill.order.orders;

import dev.waybill.events.OrderCommand.CompleteReturn;
import dev.waybill.events.OrderCommand.RefuseReturn;
import dev.waybill.events.OrderId;
import dev.waybill.events.ReturnId;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.Outbox;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Pieces of an order come back; later it is told whether they were paid back. Whoever asks holds the order's lock, so no piece
 * comes back twice.
 */
@Service
@Transactional
class ReturningPieces {

    private final Orders orders;
    private final Outbox outbox;
    private final Clock clock;

    ReturningPieces(Orders orders, Outbox outbox, Clock clock) {
        this.orders = orders;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Empty where there is no such order. */
    Optional<ReturnOutcome> request(OrderId orderId, List<StockLine> pieces, String statedReason) {
        return orders.lock(orderId).map(order -> {
            ReturnOutcome outcome = order
                    .requestReturn(new ReturnId(Ids.next()), pieces, statedReason, clock.instant());
            if (outcome instanceof ReturnOutcome.Requested requested) {
                outbox.append(order, requested.event());
            }
            return outcome;
        });
    }

    void complete(CompleteReturn command) {
        Order order = orders.get(command.orderId());
        outbox.append(order, order.returned(command.returnId()).complete(clock.instant()));
    }

    void refuse(RefuseReturn command) {
        Order order = orders.get(command.orderId());
        outbox.append(order, order.returned(command.returnId()).refuse(command.reason(), clock.instant()));
    }
}
