package dev.waybill.payment.payments;

import dev.waybill.events.OrderId;

import java.util.Collection;
import java.util.Optional;

/** The payments, by order. */
interface Payments {

    /** What is stored of it; within a transaction always the same instance. */
    Optional<Payment> find(OrderId orderId);

    /** Has the payment stored, new or not, right before the running transaction commits. */
    void save(Payment payment);

    /** Loads and locks payments, in one order for everybody, so that no two transactions wait for each other. */
    void lock(Collection<OrderId> orderIds);
}
