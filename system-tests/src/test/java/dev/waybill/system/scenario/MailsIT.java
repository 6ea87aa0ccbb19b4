package dev.waybill.system.scenario;

import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The customer is told by mail what has become of the order: once for each fact, in both forms. */
@PlatformTest
@Order(1)
class MailsIT {

    private final Waybill waybill;
    private final String address = "customer-%s@example.com".formatted(UUID.randomUUID());

    MailsIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @Test
    void aDeliveredOrderIsToldThreeTimesAndItsRefundOnce() {
        PlacedOrder order = waybill.order("ESPRESSO-01", 1).mailedTo(address).place();
        assertThat(order.end()).hasToString("CONFIRMED");
        order.isDispatched();
        waybill.outside().scan(order, "HANDED_OVER");
        order.becomes("SHIPPED");
        waybill.outside().scan(order, "DELIVERED");
        order.becomes("DELIVERED");
        assertThat(order.refund(2_000, "A scratch").status()).isEqualTo(202);

        await().untilAsserted(() -> assertThat(mails()).hasSize(4));

        assertThat(mails()).extracting(mail -> mail.path("messageId").asString()).doesNotHaveDuplicates();
        assertThat(mails()).allSatisfy(mail -> {
            assertThat(mail.path("text").asString("")).isNotBlank();
            assertThat(mail.path("html").asString("")).contains("<");
        });
        assertThat(mails()).anySatisfy(mail -> assertThat(mail.path("text").asString()).contains("20.00"));
    }

    private List<JsonNode> mails() {
        return waybill.outside().mailsTo(address);
    }
}
