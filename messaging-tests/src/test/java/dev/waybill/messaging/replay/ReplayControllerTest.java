package dev.waybill.messaging.replay;

import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderId;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.Outbox;
import dev.waybill.testing.RealServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Replays as operators ask for them, of what a service has said over its outbox and relay. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = RealServers.class)
class ReplayControllerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    Outbox outbox;
    @Autowired
    TransactionTemplate transaction;
    @Autowired
    JdbcTemplate jdbc;
    @LocalServerPort
    int port;

    private RestClient http = RestClient.create();

    private record Speaker(OrderId id, EventCounter events) implements Aggregate {

        static Speaker fresh() {
            return new Speaker(new OrderId(Ids.next()), new EventCounter());
        }

        @Override
        public String subject() {
            return "order/" + id;
        }
    }

    private record Answer(int status, JsonNode body, String location) {}

    @BeforeEach
    void connect() {
        http = RestClient.create("http://localhost:" + port);
        jdbc.execute("delete from outbox_replay");
    }

    @Test
    void theWholeStoreIsPublishedAgainInItsOrderAndEveryHeaderIsTheSame() {
        List<Speaker> speakers = Stream.generate(Speaker::fresh).limit(3).toList();
        for (int round = 0; round < 20; round++) {
            for (Speaker speaker : speakers) {
                transaction.executeWithoutResult(_ -> {
                    confirm(speaker);
                    outbox.send(speaker, new SagaId(Ids.next()), Ids.nextMessageId(), new ConfirmOrder(speaker.id()));
                });
            }
        }
        awaitPublished();
        String topic = Topics.fresh();
        Answer accepted = post("{\"topic\": \"%s\"}".formatted(topic));
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.location()).isEqualTo("/operations/replays/" + accepted.body().path("id").asString());
        JsonNode completed = awaitCompleted(accepted);
        assertThat(completed.path("published").asLong()).isEqualTo(completed.path("total").asLong()).isPositive();

        List<Topics.Heard> live = Topics.everythingOn("order.events");
        List<Topics.Heard> again = Topics.everythingOn(topic);
        for (Speaker speaker : speakers) {
            assertThat(about(speaker, again)).hasSize(20).isEqualTo(about(speaker, live));
        }
    }

    @Test
    void onlyWhatWasSaidFromTheFirstInstantOnAndBeforeTheSecond() {
        Speaker speaker = Speaker.fresh();
        for (int round = 0; round < 4; round++) {
            Instant before = Instant.now();
            await().until(() -> Instant.now().isAfter(before.plusMillis(2)));
            transaction.executeWithoutResult(_ -> confirm(speaker));
        }
        awaitPublished();
        List<Instant> said = jdbc.query("select said_at from outbox where subject = ? order by id",
                (row, n) -> row.getTimestamp(1).toInstant(), speaker.subject());
        String topic = Topics.fresh();
        awaitCompleted(post("{\"topic\": \"%s\", \"from\": \"%s\", \"to\": \"%s\", \"ratePerSecond\": 50}"
                .formatted(topic, said.get(1), said.get(3))));
        assertThat(Topics.everythingOn(topic)).extracting(heard -> heard.headers().get("ce_sequence"))
                .containsExactly("2", "3");
    }

    @Test
    void aReplayIsListedAndFound() {
        Answer first = post("{\"topic\": \"%s\"}".formatted(Topics.fresh()));
        Answer second = post("{\"topic\": \"%s\"}".formatted(Topics.fresh()));
        JsonNode list = get("/operations/replays?limit=1").body();
        assertThat(list.at("/items/0/id")).isEqualTo(second.body().path("id"));
        JsonNode rest = get("/operations/replays?limit=1&cursor=" + list.path("next").asString()).body();
        assertThat(rest.at("/items/0/id")).isEqualTo(first.body().path("id"));
        assertThat(rest.path("next").isNull()).isTrue();
        assertThat(get("/operations/replays/" + Ids.next()).status()).isEqualTo(404);
    }

    @Test
    void aSecondReplayToATopicIsRefusedWhileTheFirstRuns() {
        Speaker speaker = Speaker.fresh();
        transaction.executeWithoutResult(_ -> {
            for (int i = 0; i < 50; i++) {
                confirm(speaker);
            }
        });
        awaitPublished();
        String request = "{\"topic\": \"%s\", \"ratePerSecond\": 20}".formatted(Topics.fresh());
        Answer first = post(request);
        Answer second = post(request);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body().path("code").asString()).isEqualTo("replay-running");
        jdbc.execute("update outbox_replay set status = 'COMPLETED', ended_at = now()");
        assertThat(post(request).status()).isEqualTo(202);
        assertThat(first.status()).isEqualTo(202);
        jdbc.execute("update outbox_replay set status = 'COMPLETED', ended_at = now() where status = 'RUNNING'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"topic": "order.events"}                                                       | 422 | live-topic
            {"topic": "payment.commands"}                                                   | 422 | live-topic
            {"topic": "__consumer_offsets"}                                                 | 422 | live-topic
            {"topic": "nobody.made.this"}                                                   | 422 | unknown-topic
            {"topic": "x", "until": "2026-01-01T00:00:00Z"}                                 | 400 | invalid-request
            {"topic": "x", "from": "2026-01-02T00:00:00Z", "to": "2026-01-02T00:00:00Z"}    | 400 | invalid-request
            {"topic": "x", "from": "yesterday"}                                             | 400 | invalid-request
            {"topic": "x", "to": "+999999999-01-01T00:00:00Z"}                              | 400 | invalid-request
            {"topic": "x", "ratePerSecond": 0}                                              | 400 | invalid-request
            {"topic": "no/name"}                                                            | 400 | invalid-request
            {"from": "2026-01-01T00:00:00Z"}                                                | 400 | invalid-request
            {"topic":                                                                       | 400 | malformed-body
            """)
    void aRequestThatCannotBeDoneIsToldWhy(String request, int status, String code) {
        Answer answer = post(request);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("code").asString()).isEqualTo(code);
        assertThat(jdbc.queryForObject("select count(*) from outbox_replay", Long.class)).isZero();
    }

    private void confirm(Speaker speaker) {
        outbox.append(speaker, new OrderConfirmed(speaker.id()));
    }

    private static List<Topics.Heard> about(Speaker speaker, List<Topics.Heard> heard) {
        return heard.stream().filter(message -> message.key().equals(speaker.id().toString())).toList();
    }

    private void awaitPublished() {
        await().atMost(PATIENCE).until(() -> jdbc.queryForObject(
                "select position = (select max(id) from outbox) from outbox_relay", Boolean.class));
    }

    private JsonNode awaitCompleted(Answer accepted) {
        return await().atMost(PATIENCE).until(
                () -> get(accepted.location()).body(),
                replay -> replay.path("status").asString().equals("COMPLETED"));
    }

    private Answer post(String body) {
        return exchange(http.method(HttpMethod.POST).uri("/operations/replays").contentType(MediaType.APPLICATION_JSON)
                .body(body));
    }

    private Answer get(String uri) {
        return exchange(http.method(HttpMethod.GET).uri(uri));
    }

    private static Answer exchange(RestClient.RequestHeadersSpec<?> request) {
        return request.exchange((_, response) -> new Answer(
                response.getStatusCode().value(),
                JSON.readTree(response.getBody()),
                String.valueOf(response.getHeaders().getLocation())));
    }
}
