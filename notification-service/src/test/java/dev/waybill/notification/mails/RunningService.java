package dev.waybill.notification.mails;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import dev.waybill.notification.mails.ReceivingServer.Mood;
import dev.waybill.testing.RealServers;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The service between a real Kafka and a real mail server; each test speaks of an order and an address of its own. */
@SpringBootTest(properties = {"waybill.outside-calls.first-pause=50ms", "waybill.outside-calls.longest-pause=200ms",
        "spring.mail.properties.mail.smtp.timeout=2000", "spring.mail.properties.mail.smtp.localhost=test"})
@AutoConfigureMockMvc
@ContextConfiguration(initializers = RealServers.class)
abstract class RunningService {

    static final ReceivingServer SERVER = new ReceivingServer();
    static final OtherServices OTHERS = new OtherServices();

    final OrderId order = new OrderId(Ids.next());
    final String address = "alice-%s@example.com".formatted(order);

    @Autowired
    MockMvcTester web;
    @Autowired
    JdbcClient database;

    @DynamicPropertySource
    static void mailServer(DynamicPropertyRegistry properties) {
        properties.add("spring.mail.port", SERVER::port);
    }

    @AfterEach
    void cheerUp() {
        SERVER.is(Mood.TAKES);
    }

    void awaitMails(int count) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(SERVER.mailsTo(address)).hasSize(count));
    }

    void awaitStatus(String status) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(notifications()).singleElement()
                .satisfies(each -> assertThat(each.path("status").asString()).isEqualTo(status)));
    }

    void awaitAttempt() {
        await().untilAsserted(() -> assertThat(notifications())
                .anySatisfy(each -> assertThat(each.path("attempts").asInt()).isPositive()));
    }

    List<JsonNode> notifications() {
        return get("/notifications?orderId=" + order).path("items").valueStream().toList();
    }

    List<String> subjects() {
        return SERVER.mailsTo(address).stream().map(mail -> ReceivingServer.header(mail, "Subject")).toList();
    }

    List<String> messageIds() {
        return SERVER.mailsTo(address).stream().map(mail -> ReceivingServer.header(mail, "Message-ID")).toList();
    }

    double metric(String name) {
        byte[] page = web.get().uri("/actuator/prometheus").exchange().getResponse().getContentAsByteArray();
        String body = new String(page, StandardCharsets.UTF_8);
        return body.lines().filter(line -> line.startsWith(name)).mapToDouble(
                line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).findFirst().orElseThrow();
    }

    JsonNode get(String path) {
        return JsonMapper.shared().readTree(web.get().uri(path).exchange().getResponse().getContentAsByteArray());
    }
}
