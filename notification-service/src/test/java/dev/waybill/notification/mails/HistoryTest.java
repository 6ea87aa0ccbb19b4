package dev.waybill.notification.mails;

import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderEvent.OrderShipped;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import dev.waybill.notification.NotificationApplication;
import dev.waybill.testing.RealServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The service is new, and the platform is not. */
@Tag("long")
class HistoryTest {

    private static final int ORDERS = 1_000;

    @Test
    void startedAfterAThousandOrdersItHearsOfAllOfThemAndMailsAboutTheNextOneOnly() {
        List<OrderId> past = IntStream.range(0, ORDERS).mapToObj(_ -> new OrderId(Ids.next())).toList();
        OrderId fresh = new OrderId(Ids.next());
        try (var server = new ReceivingServer(); var others = new OtherServices()) {
            Instant then = Instant.now().minus(Duration.ofDays(40));
            for (OrderId order : past) {
                others.say(Facts.placed(order, "past-%s@example.com".formatted(order)), then);
                others.say(new OrderConfirmed(order), then.plusSeconds(2));
                others.say(new OrderShipped(order, "T-1"), then.plusSeconds(60));
                others.say(new OrderDelivered(order), then.plusSeconds(90));
            }
            others.flush();
            try (var service = new SpringApplicationBuilder(NotificationApplication.class)
                    .initializers(new RealServers()).run("--server.port=0", "--spring.mail.port=" + server.port(),
                            "--waybill.notifications.forget-every=200ms")) {
                JdbcClient database = service.getBean(JdbcClient.class);
                await().atMost(Duration.ofSeconds(60)).untilAsserted(
                        () -> assertThat(count(database, past, "true")).isEqualTo(3 * ORDERS));
                assertThat(count(database, past, "status = 'SKIPPED' and reason = 'TOO_OLD'")).isEqualTo(3 * ORDERS);

                others.say(Facts.placed(fresh, "fresh-%s@example.com".formatted(fresh)));
                others.say(new OrderConfirmed(fresh));
                await().atMost(Duration.ofSeconds(20)).until(
                        () -> server.mailsTo("fresh-%s@example.com".formatted(fresh)).size() == 1);
                assertThat(server.mails()).noneMatch(mail -> ReceivingServer.header(mail, "To").startsWith("past-"));
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(database
                        .sql("select count(*) from correspondence where address is not null and order_id = any(?)")
                        .param(ids(past)).query(Integer.class).single()).isZero());
            }
        }
    }

    private static int count(JdbcClient database, List<OrderId> orders, String condition) {
        return database.sql("select count(*) from notification where order_id = any(?) and " + condition)
                .param(ids(orders)).query(Integer.class).single();
    }

    private static UUID[] ids(List<OrderId> orders) {
        return orders.stream().map(OrderId::value).toArray(UUID[]::new);
    }
}
