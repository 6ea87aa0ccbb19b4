package dev.waybill.notification.mails;

import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderEvent.OrderShipped;
import dev.waybill.messaging.MessageJson;
import dev.waybill.notification.mails.ReceivingServer.Mood;
import dev.waybill.testing.RawMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whatever happens to an order's mails, no line of the log names the customer. */
@ExtendWith(OutputCaptureExtension.class)
class CustomersInLogsTest extends RunningService {

    private static final String[] PERSONAL = {"alice-", "Alice Doe", "Main St", "Berlin", "10115"};

    @ParameterizedTest
    @EnumSource(Mood.class)
    void notInAWholeOrdersHandling(Mood atFirst, CapturedOutput log) {
        SERVER.is(atFirst);
        OTHERS.say(Facts.placed(order, address));
        OTHERS.say(new OrderConfirmed(order));
        await().untilAsserted(() -> assertThat(notifications())
                .anySatisfy(each -> assertThat(each.path("attempts").asInt()).isPositive()));
        SERVER.is(Mood.TAKES);
        OTHERS.say(new OrderShipped(order, "T-1"));
        OTHERS.say(new OrderDelivered(order));
        OTHERS.say(Facts.refunded(order, Money.of(100, "EUR")));
        OTHERS.say(new OrderCancelled(order));
        await().untilAsserted(() -> assertThat(notifications()).hasSize(5)
                .noneSatisfy(each -> assertThat(each.path("status").asString()).isEqualTo("PENDING")));
        assertThat(log).doesNotContain(PERSONAL);
    }

    @Test
    void norWhenItIsNoAddress(CapturedOutput log) {
        OTHERS.say(Facts.placed(order, "no address, " + address));
        OTHERS.say(new OrderConfirmed(order));
        awaitStatus("FAILED");
        assertThat(log).doesNotContain(PERSONAL);
    }

    /** An order that does not bind is parked, and why is logged. */
    @ParameterizedTest
    @ValueSource(strings = {"\"country\":\"Berlin\"", "\"country\":{\"name\":\"Alice Doe\"}"})
    void norWhenAnOrderCannotBeRead(String country, CapturedOutput log) {
        RawMessages.send("order.events", order, OrderPlaced.class,
                MessageJson.write(Facts.placed(order, address)).replace("\"country\":\"DE\"", country));
        await().untilAsserted(() -> assertThat(database
                .sql("select count(*) from parked_message where message_key = ?").param(order.toString())
                .query(Long.class).single()).isEqualTo(1));
        assertThat(log).contains("is parked").doesNotContain(PERSONAL);
    }
}
