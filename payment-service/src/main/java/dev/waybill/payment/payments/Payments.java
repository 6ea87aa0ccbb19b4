package dev.waybill.payment.payments;

import dev.waybill.events.OrderId;

import java.util.Collection;
import java.util.Optional;

/** The payments, by order. */
interface Payments {

    Optional<Payment> find(OrderId orderId);

    void add(Payment payment);

    /** Loads and locks payments, in one order for everybody, so that no two transactions wait for each other. */
    void lock(Collection<OrderId> orderIds);
}
