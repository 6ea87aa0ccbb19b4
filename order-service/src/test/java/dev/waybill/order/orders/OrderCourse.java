package dev.waybill.order.orders;

import dev.waybill.events.CancellationId;
import dev.waybill.events.OrderCommand.CancelOrder;
import dev.waybill.events.OrderCommand.CompleteReturn;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderCommand.RefuseReturn;
import dev.waybill.events.OrderCommand.ReinstateOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.events.OrderEvent.CancellationRefusal;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderEvent.ReturnRefusal;
import dev.waybill.events.OrderId;
import dev.waybill.events.ReturnId;
import dev.waybill.events.ShippingEvent.ParcelDelivered;
import dev.waybill.events.ShippingEvent.ParcelHandedOver;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.order.OrderApi;
import dev.waybill.testing.Contracts;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import static dev.waybill.order.OrderApi.goodOrder;
import static dev.waybill.order.orders.OrderFixtures.PLACED_AT;
import static dev.waybill.order.orders.OrderFixtures.TRACKING_NUMBER;

/** Takes one placed order through its course, by the use cases that commands and scans are handed to. */
record OrderCourse(OrderId id, ApplicationContext service) {

    static OrderCourse begin(OrderApi api, ApplicationContext service) {
        return of(api.placed(goodOrder()), service);
    }

    static OrderCourse of(JsonNode placed, ApplicationContext service) {
        return new OrderCourse(OrderId.parse(placed.get("id").asString()), service);
    }

    OrderCourse confirm() {
        service.getBean(SettlingOrders.class).confirm(new ConfirmOrder(id));
        return this;
    }

    OrderCourse reject() {
        service.getBean(SettlingOrders.class).reject(new RejectOrder(id, RejectionReason.OUT_OF_STOCK));
        return this;
    }

    OrderCourse cancel() {
        service.getBean(CancellingOrders.class).cancel(new CancelOrder(id));
        return this;
    }

    OrderCourse reinstate(CancellationId cancellation) {
        service.getBean(CancellingOrders.class)
                .reinstate(new ReinstateOrder(id, cancellation, CancellationRefusal.HANDED_OVER));
        return this;
    }

    OrderCourse handOver() {
        asMessage(parcels -> parcels.handedOver(new ParcelHandedOver(id, TRACKING_NUMBER, PLACED_AT)));
        return this;
    }

    OrderCourse deliver() {
        asMessage(parcels -> parcels.delivered(new ParcelDelivered(id, TRACKING_NUMBER, PLACED_AT)));
        return this;
    }

    private void asMessage(Consumer<FollowingParcels> scan) {
        new MessageContext(Ids.nextMessageId(), null, null, id.toString(), 1, null)
                .run(() -> scan.accept(service.getBean(FollowingParcels.class)));
    }

    void complete(ReturnId returnId) {
        service.getBean(ReturningPieces.class).complete(new CompleteReturn(id, returnId));
    }

    void refuse(ReturnId returnId) {
        service.getBean(ReturningPieces.class)
                .refuse(new RefuseReturn(id, returnId, ReturnRefusal.NOT_REFUNDABLE));
    }

    /** What the order has said so far, each held against its contract: {@code placed}, {@code confirmed}, … */
    List<String> said() {
        List<String> said = new ArrayList<>();
        service.getBean(JdbcClient.class)
                .sql("select type, payload from outbox where message_key = :key order by id")
                .param("key", id.toString()).query((row, _) -> {
                    Contracts.assertValid(row.getString("type"), row.getString("payload"));
                    return said.add(row.getString("type").split("\\.", -1)[3]);
                }).list();
        return said;
    }

    JsonNode lastSaid(String type) {
        return JsonMapper.shared().readTree(service.getBean(JdbcClient.class).sql("""
                select payload from outbox where message_key = :key and type = :type order by id desc limit 1""")
                .param("key", id.toString()).param("type", "dev.waybill.order.%s.v1".formatted(type))
                .query(String.class).single());
    }

    CancellationId cancellation() {
        return new CancellationId(
                UUID.fromString(lastSaid("cancellation-requested").get("cancellationId").asString()));
    }
}
