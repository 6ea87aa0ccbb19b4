package dev.waybill.console.sagas;

import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Listing;
import dev.waybill.console.services.OrderService.Order;
import dev.waybill.console.services.OutsideCall;
import dev.waybill.console.services.SagaService.Saga;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** One saga, its order, and what that waits for. */
record SagaLook(Saga saga, Answer<Order> order, Answer<Listing<OutsideCall>> gatewayCalls,
        Answer<Listing<OutsideCall>> carrierCalls) {

    public List<String> troubles() {
        return Stream.of(order, gatewayCalls, carrierCalls).map(Answer::trouble).filter(Objects::nonNull).distinct()
                .toList();
    }

    public List<Act> acts() {
        return Act.offered(saga);
    }

    /** Of its order, as people name it. */
    public String orderName() {
        Order known = order.found();
        return known == null ? String.valueOf(saga.orderName()) : known.name();
    }
}
