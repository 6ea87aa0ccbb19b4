package dev.waybill.notification.mails;

import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.OrderShipped;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.outside.OutsideCalls;
import dev.waybill.notification.mails.ReceivingServer.Mood;
import dev.waybill.testing.RealServers;
import dev.waybill.testing.SetBack;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Events in over a real Kafka, mails out to a real mail server. */
@SpringBootTest(properties = {"waybill.outside-calls.first-pause=50ms", "waybill.outside-calls.longest-pause=200ms",
        "spring.mail.properties.mail.smtp.timeout=2000", "spring.mail.properties.mail.smtp.localhost=test"})
@AutoConfigureMockMvc
@ContextConfiguration(initializers = RealServers.class)
@ExtendWith(OutputCaptureExtension.class)
class NotifyingCustomersTest {

    private static final ReceivingServer SERVER = new ReceivingServer();
    private static final OtherServices OTHERS = new OtherServices();

    private final OrderId order = new OrderId(Ids.next());
    private final String address = "alice-%s@example.com".formatted(order);

    @Autowired
    private MockMvcTester web;
    @Autowired
    private JdbcClient database;
    @Autowired
    private TransactionTemplate transaction;
    @Autowired
    private OutsideCalls calls;
    @Autowired
    private ForgettingAddresses forgetting;
    @Autowired
    private ApplicationContext service;

    @DynamicPropertySource
    static void mailServer(DynamicPropertyRegistry properties) {
        properties.add("spring.mail.port", SERVER::port);
    }

    @AfterEach
    void cheerUp() {
        SERVER.is(Mood.TAKES);
    }

    @AfterAll
    static void stop() {
        OTHERS.close();
        SERVER.close();
    }

    @Test
    void aCustomerIsToldOfEachEventOnceAndInTheirOrder() {
        OTHERS.say(Facts.placed(order, address));
        List<Event> events = List.of(
                new OrderConfirmed(order), new OrderShipped(order, "T-4711"), new OrderDelivered(order));
        events.forEach(OTHERS::say);
        awaitMails(3);
        OTHERS.say(Facts.refunded(order, Money.of(100, "EUR")));
        awaitMails(4);
        OTHERS.say(new OrderCancelled(order));
        awaitMails(5);
        OTHERS.say(new OrderRejected(order, RejectionReason.OUT_OF_STOCK));
        awaitMails(6);
        assertThat(subjects()).containsExactly(
                "Order W-100042 is confirmed", "Order W-100042 is on its way", "Order W-100042 was delivered",
                "Your refund for order W-100042", "Order W-100042 is cancelled",
                "Order W-100042 could not be fulfilled");
        assertThat(notifications()).hasSize(6).allSatisfy(notification -> {
            assertThat(notification.path("status").asString()).isEqualTo("SENT");
            assertThat(notification.path("attempts").asInt()).isEqualTo(1);
            assertThat(notification.path("recipient").asString()).isEqualTo(address);
            assertThat(Instant.parse(notification.path("sentAt").asString())).isBefore(Instant.now());
        });
    }

    @Test
    void anEventThatComesAgainIsToldOnceAlsoWhenTheInboxHasForgottenIt() {
        OTHERS.say(Facts.placed(order, address));
        MessageId id = Ids.nextMessageId();
        OTHERS.say(id, new OrderConfirmed(order), Instant.now());
        OTHERS.say(id, new OrderConfirmed(order), Instant.now());
        OTHERS.flush();
        awaitMails(1);
        assertThat(messageIds()).containsExactly("<%s@notifications.waybill.example>".formatted(id));

        SetBack.behindTheInbox(service);

        OTHERS.say(new OrderShipped(order, "T-1"));
        awaitMails(2);
        assertThat(notifications()).hasSize(2);
    }

    @Test
    void whatIsHeardBeforeItsOrderWaitsForIt() {
        OTHERS.say(Facts.refunded(order, Money.of(100, "EUR")));
        awaitStatus("WAITING");
        assertThat(notifications().getFirst().path("recipient").isNull()).isTrue();
        assertThat(metric("notifications_waiting")).isGreaterThanOrEqualTo(1);
        assertThat(metric("notifications_oldest_waiting_age_seconds")).isPositive();

        OTHERS.say(Facts.placed(order, address));
        awaitMails(1);
        awaitStatus("SENT");
    }

    @Test
    void aRefundOfNothingIsNoNews() {
        OTHERS.say(Facts.placed(order, address));
        OTHERS.say(Facts.refunded(order, Money.of(0, "EUR")));
        OTHERS.say(Facts.refunded(order, Money.of(1, "EUR")));
        awaitMails(1);
        assertThat(notifications()).hasSize(1);
    }

    @Test
    void withoutAnAddressThereIsNoMail() {
        double before = metric(
                "notifications_skipped_total{application=\"notification-service\",reason=\"NO_ADDRESS\",template=\"ORDER_CONFIRMED\"}");
        OTHERS.say(Facts.placed(order, null));
        OTHERS.say(new OrderConfirmed(order));
        awaitStatus("SKIPPED");
        assertThat(notifications().getFirst().path("reason").asString()).isEqualTo("NO_ADDRESS");
        await().untilAsserted(() -> assertThat(metric(
                "notifications_skipped_total{application=\"notification-service\",reason=\"NO_ADDRESS\",template=\"ORDER_CONFIRMED\"}"))
                .isEqualTo(before + 1));
    }

    @Test
    void whatIsLongPastIsNotedAndNotMailed() {
        OTHERS.say(Facts.placed(order, address));
        OTHERS.say(new OrderConfirmed(order), Instant.now().minus(Duration.ofMinutes(61)));
        OTHERS.say(new OrderShipped(order, "T-1"));
        awaitMails(1);
        assertThat(subjects()).containsExactly("Order W-100042 is on its way");
        assertThat(notifications()).extracting(each -> each.path("reason").asString("")).containsExactly("", "TOO_OLD");
    }

    @Test
    void mailsWaitForAServerThatIsAwayAndGoOutInTheirOrderWhenItIsBack() {
        SERVER.goAway();
        try {
            OTHERS.say(Facts.placed(order, address));
            OTHERS.say(new OrderConfirmed(order));
            OTHERS.say(new OrderShipped(order, "T-1"));
            await().untilAsserted(() -> assertThat(notifications().getLast().path("attempts").asInt()).isPositive());
            assertThat(notifications()).extracting(each -> each.path("status").asString()).containsOnly("PENDING");
        } finally {
            SERVER.comeBack();
        }
        awaitMails(2);
        assertThat(subjects()).containsExactly("Order W-100042 is confirmed", "Order W-100042 is on its way");
    }

    @Test
    void whatTheServerRefusesForGoodHasFailedAtOnceAndTheNextMailIsTried(CapturedOutput output) {
        double before = metric(
                "notifications_failed_total{application=\"notification-service\",reason=\"REFUSED\",template=\"ORDER_CONFIRMED\"}");
        SERVER.is(Mood.REFUSES_RECIPIENTS);
        OTHERS.say(Facts.placed(order, address));
        OTHERS.say(new OrderConfirmed(order));
        awaitStatus("FAILED");
        JsonNode failed = notifications().getFirst();
        assertThat(failed.path("reason").asString()).isEqualTo("REFUSED");
        assertThat(failed.path("attempts").asInt()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(metric(
                "notifications_failed_total{application=\"notification-service\",reason=\"REFUSED\",template=\"ORDER_CONFIRMED\"}"))
                .isEqualTo(before + 1));

        SERVER.is(Mood.TAKES);
        OTHERS.say(new OrderShipped(order, "T-1"));
        awaitMails(1);
        assertThat(output).doesNotContain("alice-");
    }

    @Test
    void aMailInDoubtIsSentAgainUnderTheSameMessageIdAndNobodyIsNamed(CapturedOutput output) {
        SERVER.is(Mood.HANGS_UP_AFTERWARDS);
        OTHERS.say(Facts.placed(order, address));
        MessageId id = OTHERS.say(new OrderConfirmed(order));
        await().until(() -> !SERVER.mailsTo(address).isEmpty());
        await().untilAsserted(() -> assertThat(output).contains("has no definite outcome"));
        SERVER.is(Mood.TAKES);
        awaitStatus("SENT");
        assertThat(messageIds()).hasSizeGreaterThan(1)
                .containsOnly("<%s@notifications.waybill.example>".formatted(id));
        assertThat(notifications().getFirst().path("attempts").asInt()).isGreaterThan(1);
        assertThat(output).doesNotContain("alice-");
    }

    @Test
    void aMailWhoseRecordWasLostInACrashIsSentAgainUnderTheSameMessageId() {
        OTHERS.say(Facts.placed(order, address));
        MessageId id = OTHERS.say(new OrderConfirmed(order));
        awaitStatus("SENT");

        // As a process leaves it that has sent and died: the notification is as before, and its call is open.
        transaction.executeWithoutResult(status -> {
            database.sql("update notification set status = 'PENDING', sent_at = null where id = ?").param(id.value())
                    .update();
            calls.request(SendingMails.KIND, order);
        });

        awaitMails(2);
        awaitStatus("SENT");
        assertThat(messageIds()).containsOnly("<%s@notifications.waybill.example>".formatted(id));
    }

    @Test
    void whatWasTriedForTooLongIsGivenUp() {
        SERVER.is(Mood.IS_BUSY);
        OTHERS.say(Facts.placed(order, address));
        MessageId id = OTHERS.say(new OrderConfirmed(order));
        await().untilAsserted(() -> assertThat(notifications().getFirst().path("attempts").asInt()).isPositive());

        database.sql("update notification set created_at = created_at - interval '25 hours' where id = ?")
                .param(id.value()).update();

        awaitStatus("FAILED");
        assertThat(notifications().getFirst().path("reason").asString()).isEqualTo("GIVEN_UP");
    }

    @Test
    void theAddressIsForgottenAfterTheOrdersEndAndNotLearnedAgain() {
        OTHERS.say(Facts.placed(order, address));
        OTHERS.say(new OrderDelivered(order));
        awaitStatus("SENT");
        forgetting.forgetSome();
        assertThat(storedAddress()).isEqualTo(address);

        database.sql("update correspondence set ended_at = ended_at - interval '30 days' where order_id = ?")
                .param(order.value()).update();
        forgetting.forgetSome();

        assertThat(storedAddress()).isNull();
        OTHERS.say(Facts.placed(order, address));
        OTHERS.say(Facts.refunded(order, Money.of(1, "EUR")));
        await().untilAsserted(() -> assertThat(notifications()).hasSize(2));
        assertThat(notifications().getFirst().path("reason").asString()).isEqualTo("ADDRESS_FORGOTTEN");
        assertThat(notifications()).allSatisfy(each -> assertThat(each.path("recipient").isNull()).isTrue());
        assertThat(storedAddress()).isNull();
    }

    @Test
    void whatIsNoAddressFailsAndHoldsNothingUp() {
        OTHERS.say(Facts.placed(order, "nonsense, alice-%s".formatted(order)));
        OTHERS.say(new OrderConfirmed(order));
        awaitStatus("FAILED");
        assertThat(notifications().getFirst().path("reason").asString()).isEqualTo("BAD_ADDRESS");
    }

    @Test
    void theListIsPagedFilteredAndRefusesWhatItCannotRead() {
        OTHERS.say(Facts.placed(order, null));
        List.of(new OrderConfirmed(order), new OrderShipped(order, "T"), new OrderDelivered(order))
                .forEach(OTHERS::say);
        await().untilAsserted(() -> assertThat(notifications()).hasSize(3));
        assertThat(notifications()).extracting(each -> each.path("template").asString())
                .containsExactly("ORDER_DELIVERED", "ORDER_SHIPPED", "ORDER_CONFIRMED");

        JsonNode first = get("/notifications?limit=2&orderId=" + order);
        JsonNode second = get("/notifications?limit=2&orderId=" + order + "&cursor=" + first.path("next").asString());
        assertThat(first.path("items")).hasSize(2);
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(get("/notifications?status=SKIPPED&orderId=" + order).path("items")).hasSize(3);
        assertThat(get("/notifications?status=SENT&orderId=" + order).path("items")).isEmpty();
        assertThat(get("/notifications?orderId=" + Ids.next()).path("items")).isEmpty();
        for (String bad : List.of("orderId=nonsense", "status=NONE", "limit=0", "cursor=x")) {
            assertThat(web.get().uri("/notifications?" + bad).exchange()).hasStatus(400)
                    .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        }
    }

    private void awaitMails(int count) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(SERVER.mailsTo(address)).hasSize(count));
    }

    private void awaitStatus(String status) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(notifications()).singleElement()
                .satisfies(each -> assertThat(each.path("status").asString()).isEqualTo(status)));
    }

    private List<JsonNode> notifications() {
        return get("/notifications?orderId=" + order).path("items").valueStream().toList();
    }

    private List<String> subjects() {
        return SERVER.mailsTo(address).stream().map(mail -> ReceivingServer.header(mail, "Subject")).toList();
    }

    private List<String> messageIds() {
        return SERVER.mailsTo(address).stream().map(mail -> ReceivingServer.header(mail, "Message-ID")).toList();
    }

    private @Nullable String storedAddress() {
        return database.sql("select address from correspondence where order_id = ?").param(order.value())
                .query(String.class).optional().orElse(null);
    }

    private double metric(String name) {
        byte[] page = web.get().uri("/actuator/prometheus").exchange().getResponse().getContentAsByteArray();
        String body = new String(page, StandardCharsets.UTF_8);
        return body.lines().filter(line -> line.startsWith(name)).mapToDouble(
                line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).findFirst().orElseThrow();
    }

    private JsonNode get(String path) {
        return JsonMapper.shared().readTree(web.get().uri(path).exchange().getResponse().getContentAsByteArray());
    }
}
