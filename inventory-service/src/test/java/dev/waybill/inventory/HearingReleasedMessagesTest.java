package dev.waybill.inventory;

import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.InventoryCommand.Restock;
import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderEvent;
import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.Subscription;
import dev.waybill.testing.Hearing;
import dev.waybill.testing.RealServers;
import dev.waybill.testing.ReleasedMessages;
import dev.waybill.testing.ReleasedMessages.Payload;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever was released of what the service listens to is handled, a newer producer's messages included: an order that was rejected
 * for a reason that is not known here keeps no stock either.
 */
@SpringBootTest
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@ContextConfiguration(initializers = RealServers.class)
class HearingReleasedMessagesTest {

    private static final Conversation INVENTORY = new Conversation();
    private static final String SKU = "FILTER-04";

    @Autowired
    private List<Subscription> subscriptions;

    @Autowired
    private ApplicationContext service;

    @Autowired
    private JdbcClient database;

    @AfterAll
    static void disconnect() {
        INVENTORY.close();
    }

    private record Sent(Payload payload, MessageId id, OrderId order) {}

    /** All are sent before the first is waited for. */
    @TestFactory
    Stream<DynamicTest> everyReleasedMessageIsHandled() {
        var hearing = new Hearing(service, Ids::nextMessageId);
        List<Sent> all = ReleasedMessages.of(type -> !listening(type).isEmpty()).map(payload -> send(hearing, payload))
                .toList();
        return all.stream().map(sent -> DynamicTest.dynamicTest(sent.payload().name(), () -> {
            hearing.awaitHandled(sent.id(), listening(sent.payload().type()));
            if (OrderEvent.class.isAssignableFrom(sent.payload().type())) {
                assertThat(status(sent.order())).isEqualTo("RELEASED");
            } else {
                assertThat(answersTo(sent.id())).isOne();
            }
        })).onClose(hearing::close);
    }

    private List<String> listening(Class<? extends Message> type) {
        return subscriptions.stream().filter(subscription -> subscription.handles(type)).map(Subscription::name)
                .toList();
    }

    /** Holds, or has sold, as much for the order as the message is about. All of it of one SKU, which is there. */
    private Sent send(Hearing hearing, Payload payload) {
        OrderId order = new OrderId(Ids.next());
        if (payload.type() != ReserveStock.class) {
            INVENTORY.send(new ReserveStock(order, List.of(new StockLine(new Sku(SKU), Quantity.of(3)))));
            INVENTORY.answers(order, 1);
        }
        if (payload.type() == Restock.class) {
            INVENTORY.send(new CommitStock(order));
            INVENTORY.answers(order, 2);
        }
        var ofOneSku = new Payload(payload.type(), payload.name(),
                payload.json().replaceAll("\"sku\":\"[^\"]+\"", "\"sku\":\"" + SKU + "\""), payload.hasNewValue());
        return new Sent(payload, hearing.send(ofOneSku, order), order);
    }

    private String status(OrderId order) {
        return database.sql("select status from reservation where order_id = ?").param(order.value())
                .query(String.class).single();
    }

    private long answersTo(MessageId command) {
        return database.sql("select count(*) from outbox where causation_id = ?").param(command.value())
                .query(Long.class).single();
    }
}
