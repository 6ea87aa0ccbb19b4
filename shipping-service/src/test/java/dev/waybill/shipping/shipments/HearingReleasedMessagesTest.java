package dev.waybill.shipping.shipments;

import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.Subscription;
import dev.waybill.testing.Hearing;
import dev.waybill.testing.ReleasedMessages;
import dev.waybill.testing.ReleasedMessages.Payload;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever was released of what the service listens to is handled and answered, a newer producer's messages included. */
class HearingReleasedMessagesTest extends ShippingFixture {

    @Autowired
    private List<Subscription> subscriptions;

    @TestFactory
    Stream<DynamicTest> everyReleasedMessageIsHandled() {
        var hearing = new Hearing(service, Ids::nextMessageId);
        return ReleasedMessages.of(type -> !listening(type).isEmpty())
                .map(payload -> DynamicTest.dynamicTest(payload.name(), () -> {
                    MessageId sent = hearing.send(payload, orderFor(payload));
                    hearing.awaitHandled(sent, listening(payload.type()));
                    assertThat(answerTo(sent)).isNotNull();
                })).onClose(hearing::close);
    }

    private List<String> listening(Class<? extends Message> type) {
        return subscriptions.stream().filter(subscription -> subscription.handles(type)).map(Subscription::name)
                .toList();
    }

    /** One whose parcel is booked, where the command presupposes that. */
    private OrderId orderFor(Payload payload) {
        OrderId anOrder = new OrderId(Ids.next());
        if (payload.type() == DispatchShipment.class) {
            answerTo(send(new BookShipment(anOrder, book().shippingAddress(), book().lines())));
        }
        return anOrder;
    }
}
