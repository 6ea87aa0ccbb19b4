package dev.waybill.payment.payments;

import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentCommand.RefundPayment;
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
class HearingReleasedMessagesTest extends PaymentScenario {

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

    /** One of which so much is authorized, and captured, as the command presupposes. */
    private OrderId orderFor(Payload payload) {
        OrderId anOrder = new OrderId(Ids.next());
        if (payload.type() == CapturePayment.class || payload.type() == RefundPayment.class) {
            answerTo(send(new AuthorizePayment(anOrder, AMOUNT, VISA)));
        }
        if (payload.type() == RefundPayment.class) {
            answerTo(send(new CapturePayment(anOrder)));
        }
        return anOrder;
    }
}
