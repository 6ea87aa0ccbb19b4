package dev.waybill.saga.running;

import dev.waybill.events.CancellationId;
import dev.waybill.events.Event;
import dev.waybill.events.InventoryEvent.StockCommitted;
import dev.waybill.events.InventoryEvent.StockRefused;
import dev.waybill.events.InventoryEvent.StockReleased;
import dev.waybill.events.InventoryEvent.StockReserved;
import dev.waybill.events.InventoryEvent.StockRestocked;
import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.OperationsEvent.CommandParked;
import dev.waybill.events.OrderEvent.CancellationRequested;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderEvent.OrderReinstated;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.ReturnCompleted;
import dev.waybill.events.OrderEvent.ReturnRefused;
import dev.waybill.events.OrderEvent.ReturnRequested;
import dev.waybill.events.PaymentEvent.CaptureRefused;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.PaymentEvent.PaymentDeclined;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.events.PaymentEvent.PaymentVoided;
import dev.waybill.events.PaymentEvent.RefundRefused;
import dev.waybill.events.RefundId;
import dev.waybill.events.RestockId;
import dev.waybill.events.ReturnId;
import dev.waybill.events.ShippingEvent.CancellationRefused;
import dev.waybill.events.ShippingEvent.ShipmentBooked;
import dev.waybill.events.ShippingEvent.ShipmentCancelled;
import dev.waybill.events.ShippingEvent.ShipmentDispatched;
import dev.waybill.events.ShippingEvent.ShipmentRefused;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.Subscription;
import dev.waybill.saga.SagaTest;
import dev.waybill.saga.engine.SampleOrder;
import dev.waybill.testing.Hearing;
import dev.waybill.testing.ReleasedMessages;
import dev.waybill.testing.ReleasedMessages.Payload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever was released of what the service listens to moves the saga that waits for it, a newer producer's messages included: what
 * is refused for a reason that is not known here is refused all the same.
 */
@Tag("long")
@SagaTest
class HearingReleasedMessagesTest {

    @Autowired
    private Subscription sagaMessages;
    @Autowired
    private RunningSagas sagas;
    @Autowired
    private CancellingOrders cancelling;
    @Autowired
    private ApplicationContext service;
    @Autowired
    private JdbcClient database;

    /** An order, and the command that its saga has sent last and waits to be answered; none where nothing has begun. */
    private final class Course {

        private final SampleOrder order = SampleOrder.any();
        private final CancellationId cancellation = new CancellationId(Ids.next());
        private final ReturnId returned = new ReturnId(Ids.next());
        private final Written written = new Written(database, order);
        private @Nullable String waitsFor;

        Course placed() {
            sagas.startFulfillment(order.placed());
            return waitingFor("inventory.reserve-stock");
        }

        Course reserved() {
            return placed().then(order.stockReserved(), "payment.authorize");
        }

        Course authorized() {
            return reserved().then(order.authorized(), "shipping.book-shipment");
        }

        Course booked() {
            return authorized().then(order.booked(), "payment.capture");
        }

        Course captured(String next) {
            return booked().then(order.captured(), next);
        }

        Course toBeCancelled() {
            captured("inventory.commit-stock").then(order.stockCommitted(), "shipping.dispatch-shipment")
                    .then(order.dispatched(), "order.confirm").then(order.confirmed(), "order.confirm");
            context().run(() -> cancelling.requested(order.cancellationRequested(cancellation)));
            return waitingFor("shipping.cancel-shipment");
        }

        Course toBeReturned() {
            sagas.startReturn(order.returnRequested(returned));
            return waitingFor("payment.refund");
        }

        Course then(Event answer, String next) {
            written.answer(sagas, answer, String.valueOf(waitsFor));
            return waitingFor(next);
        }

        private Course waitingFor(String command) {
            waitsFor = command;
            return this;
        }

        private MessageContext context() {
            return new MessageContext(Ids.nextMessageId(), null, null, order.orderId().toString(), 7, null);
        }

        /** All that the database has of its sagas, but for what differs from one order to the next. */
        List<String> standing() {
            return database
                    .sql("""
                            select type || ' ' || status || ' at ' || step || ' after ' || journal_size from saga where order_id = ?
                            union all select type from outbox where message_key = ? order by 1""")
                    .params(order.orderId().value(), order.orderId().toString()).query((row, _) -> row.getString(1))
                    .list();
        }
    }

    /** Sent and waited for one by one; what the first of each type leads to, each other of it leads to. */
    @TestFactory
    Stream<DynamicTest> everyReleasedMessageIsHandled() {
        var hearing = new Hearing(service, Ids::nextMessageId);
        Map<Class<? extends Message>, List<String>> outcomes = new HashMap<>();
        return ReleasedMessages.of(sagaMessages::handles)
                .map(payload -> DynamicTest.dynamicTest(payload.name(), () -> {
                    Course course = waitingFor(payload.type());
                    List<String> before = course.standing();

                    hearing.awaitHandled(send(hearing, payload, course), List.of(sagaMessages.name()));

                    assertThat(course.standing()).isNotEqualTo(before)
                            .isEqualTo(outcomes.computeIfAbsent(payload.type(), _ -> course.standing()));
                })).onClose(hearing::close);
    }

    private MessageId send(Hearing hearing, Payload payload, Course course) {
        String waitsFor = course.waitsFor;
        if (waitsFor == null) {
            return hearing.send(payload, course.order.orderId());
        }
        MessageId command = course.written.lastId(waitsFor);
        var context = course.written.context(command);
        return hearing.send(payload.with(Map.of("commandId", command.toString())), course.order.orderId(),
                Objects.requireNonNull(context.sagaId()), command);
    }

    private Course waitingFor(Class<? extends Message> type) {
        Course course = new Course();
        SampleOrder order = course.order;
        var refund = new RefundId(course.returned.value());
        var restock = new RestockId(course.returned.value());
        Map<Class<? extends Message>, Runnable> ways = new HashMap<>();
        ways.put(OrderPlaced.class, () -> {});
        ways.put(ReturnRequested.class, () -> {});
        ways.put(CancellationRequested.class, course::reserved);
        List.of(StockReserved.class, StockRefused.class, CommandParked.class)
                .forEach(each -> ways.put(each, course::placed));
        List.of(PaymentAuthorized.class, PaymentDeclined.class).forEach(each -> ways.put(each, course::reserved));
        List.of(ShipmentBooked.class, ShipmentRefused.class).forEach(each -> ways.put(each, course::authorized));
        List.of(PaymentCaptured.class, CaptureRefused.class).forEach(each -> ways.put(each, course::booked));
        ways.put(StockCommitted.class, () -> course.captured("inventory.commit-stock"));
        ways.put(ShipmentDispatched.class, () -> course.captured("shipping.dispatch-shipment"));
        ways.put(OrderConfirmed.class, () -> course.captured("order.confirm"));
        ways.put(OrderRejected.class, () -> course.placed().then(order.stockRefused(), "order.reject"));
        ways.put(StockReleased.class, () -> course.reserved().then(order.declined(), "inventory.release-stock"));
        ways.put(PaymentVoided.class, () -> course.authorized().then(order.bookingRefused(), "payment.void"));
        List.of(ShipmentCancelled.class, CancellationRefused.class).forEach(each -> ways.put(each,
                () -> course.booked().then(order.captureRefused(), "shipping.cancel-shipment")));
        ways.put(OrderReinstated.class,
                () -> course.toBeCancelled().then(order.cancellationRefused(), "order.reinstate"));
        ways.put(OrderCancelled.class, () -> course.toBeCancelled().then(order.cancelled(), "payment.refund")
                .then(order.refunded(new RefundId(course.cancellation.value())), "inventory.restock")
                .then(order.restocked(new RestockId(course.cancellation.value())), "order.cancel"));
        List.of(PaymentRefunded.class, RefundRefused.class).forEach(each -> ways.put(each, course::toBeReturned));
        ways.put(StockRestocked.class, () -> course.toBeReturned().then(order.refunded(refund), "inventory.restock"));
        ways.put(ReturnCompleted.class, () -> course.toBeReturned().then(order.refunded(refund), "inventory.restock")
                .then(order.restocked(restock), "order.complete-return"));
        ways.put(ReturnRefused.class,
                () -> course.toBeReturned().then(order.refundRefused(refund), "order.refuse-return"));
        Runnable way = ways.get(type);
        assertThat(way).as("how a saga comes to wait for %s", type).isNotNull();
        way.run();
        return course;
    }
}
