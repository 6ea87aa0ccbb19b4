package dev.waybill.order.orders;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderId;
import dev.waybill.events.ShippingEvent.ParcelDelivered;
import dev.waybill.events.ShippingEvent.ParcelHandedOver;
import dev.waybill.events.ShippingEvent.ParcelInTransit;
import dev.waybill.messaging.Ids;
import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderServiceTest;
import dev.waybill.testing.SetBack;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static dev.waybill.order.OrderApi.goodOrder;
import static dev.waybill.order.orders.OrderFixtures.PLACED_AT;
import static dev.waybill.order.orders.OrderFixtures.TRACKING_NUMBER;
import static org.assertj.core.api.Assertions.assertThat;

/** The carrier's scans come over a real Kafka, in whatever order. */
@OrderServiceTest
class ParcelsOverKafkaTest {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ApplicationContext service;

    @Autowired
    private MeterRegistry meters;

    private OrderApi api = OrderApi.on(0);
    private @Nullable Messenger messenger;

    @BeforeEach
    void connect() {
        api = OrderApi.on(port);
        messenger = new Messenger(jdbc);
    }

    @AfterEach
    void close() {
        messenger().close();
    }

    @Test
    void orderFollowsItsParcel() {
        OrderId order = placeOne();
        new OrderCourse(order, service).confirm();

        MessageId handedOver = messenger().send(handedOver(order));
        messenger().send(new ParcelInTransit(order, TRACKING_NUMBER, PLACED_AT));
        MessageId delivered = messenger().send(delivered(order));

        List<Map<String, @Nullable Object>> said = messenger().awaitSaid(order, 3);
        assertThat(said).extracting(row -> row.get("type")).containsExactly("dev.waybill.order.confirmed.v1",
                "dev.waybill.order.shipped.v1", "dev.waybill.order.delivered.v1");
        assertThat(said.subList(1, 3)).extracting(row -> row.get("causation_id"))
                .containsExactly(handedOver.value(), delivered.value());
        assertThat(status(order)).isEqualTo("DELIVERED");
    }

    @Test
    void earlyScanIsSaidWithTheConfirmationAndLaterThanTheScan() {
        OrderId order = placeOne();
        double before = count("early");

        MessageId scan = messenger().send(Ids.nextMessageId(), handedOver(order), 5_000);
        awaitCount("early", before + 1);
        MessageId command = messenger().send(new ConfirmOrder(order));

        List<Map<String, @Nullable Object>> said = messenger().awaitSaid(order, 2);
        assertThat(said).extracting(row -> row.get("type"))
                .containsExactly("dev.waybill.order.confirmed.v1", "dev.waybill.order.shipped.v1");
        assertThat(said).extracting(row -> (Long) Objects.requireNonNull(row.get("logical_time")))
                .allMatch(time -> time > 5_000);
        assertThat(said).extracting(row -> row.get("causation_id")).as("a command has one answer")
                .containsExactly(command.value(), scan.value());
        assertThat(said.getLast()).containsEntry("saga_id", null);
        assertThat(status(order)).isEqualTo("SHIPPED");
    }

    @Test
    void scanForAnOrderThatHasEndedIsCountedAndHoldsUpNothing() {
        OrderId order = placeOne();
        new OrderCourse(order, service).reject();
        double before = count("contradicting");

        messenger().send(handedOver(order));

        awaitCount("contradicting", before + 1);
        assertThat(status(order)).isEqualTo("REJECTED");
        assertThat(messenger().awaitSaid(order, 1)).hasSize(1);
        assertThat(jdbc.sql("select parcel from orders where id = :id").param("id", order.value())
                .query(String.class).single()).as("noted").isEqualTo("HANDED_OVER");
        assertThat(parked(order)).isZero();
    }

    @Test
    void orderThatAnEarlierReleaseConfirmedFollowsItsParcelToo() {
        OrderCourse order = new OrderCourse(placeOne(), service).confirm();
        jdbc.sql("update orders set confirmed = false where id = :id").param("id", order.id().value()).update();

        order.handOver().deliver();

        assertThat(order.said()).containsExactly("placed", "confirmed", "shipped", "delivered");
        assertThat(status(order.id())).isEqualTo("DELIVERED");
    }

    @Test
    void orderThatEndsWhileItsParcelIsOutIsCountedToo() {
        OrderCourse order = new OrderCourse(placeOne(), service).handOver();
        double before = count("contradicting");

        order.reject();

        assertThat(count("contradicting")).isEqualTo(before + 1);
    }

    @Test
    void scanOfAnUnknownOrderIsParked() {
        OrderId unknown = new OrderId(Ids.next());

        messenger().send(handedOver(unknown));

        messenger().awaitParked(unknown, "There is no order " + unknown);
    }

    @Test
    void scansThatComeAgainWhenTheInboxHasForgottenThemSayNothingTwice() {
        OrderId order = placeOne();
        new OrderCourse(order, service).confirm();
        messenger().send(handedOver(order));
        messenger().send(delivered(order));
        messenger().awaitSaid(order, 3);
        String read = api.get("/orders/" + order).text();
        double before = count("duplicate");

        SetBack.behindTheInbox(service);

        awaitCount("duplicate", before + 2);
        assertThat(messenger().awaitSaid(order, 3)).hasSize(3);
        assertThat(api.get("/orders/" + order).text()).isEqualTo(read);
        assertThat(parked(order)).isZero();
    }

    private void awaitCount(String outcome, double expected) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> count(outcome) >= expected);
    }

    private double count(String outcome) {
        return meters.get("order.scans").tag("outcome", outcome).counter().count();
    }

    private long parked(OrderId order) {
        return jdbc.sql("select count(*) from parked_message where message_key = :key and subscription = 'parcels'")
                .param("key", order.toString()).query(Long.class).single();
    }

    private String status(OrderId order) {
        return api.get("/orders/" + order).json().get("status").asString();
    }

    private OrderId placeOne() {
        return OrderId.parse(api.placed(goodOrder()).get("id").asString());
    }

    private Messenger messenger() {
        return Objects.requireNonNull(messenger);
    }

    private static ParcelHandedOver handedOver(OrderId order) {
        return new ParcelHandedOver(order, TRACKING_NUMBER, PLACED_AT);
    }

    private static ParcelDelivered delivered(OrderId order) {
        return new ParcelDelivered(order, TRACKING_NUMBER, PLACED_AT);
    }
}
