package dev.waybill.messaging.operations;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.TestAggregate;
import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What an operator has at hand: the service's calls, and its database to check them by. */
class Operations {

    static final Duration SOON = Duration.ofSeconds(30);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Environment environment;
    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final EntityManager entities;

    Operations(
            Environment environment, JdbcClient database, TransactionTemplate transaction, EntityManager entities) {
        this.environment = environment;
        this.database = database;
        this.transaction = transaction;
        this.entities = entities;
    }

    record Answer(int status, HttpHeaders headers, JsonNode json) {

        JsonNode ok() {
            assertThat(status).as(json.toString()).isEqualTo(200);
            return json;
        }

        void isProblem(int expected, String code) {
            assertThat(status).as(json.toString()).isEqualTo(expected);
            assertThat(headers.getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
            assertThat(json.path("code").asString()).isEqualTo(code);
            assertThat(json.propertyNames()).contains("type", "title", "status", "detail", "traceId");
        }
    }

    Answer get(String path) {
        return ask(HttpMethod.GET, path, null);
    }

    Answer post(String path, @Nullable String body, String... headers) {
        return ask(HttpMethod.POST, path, body, headers);
    }

    Answer put(String path, String body, String... headers) {
        return ask(HttpMethod.PUT, path, body, headers);
    }

    private Answer ask(HttpMethod method, String path, @Nullable String body, String... headers) {
        var client = RestClient.create("http://localhost:" + environment.getProperty("local.server.port"));
        var request = client.method(method).uri(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        return Objects.requireNonNull(request.exchange((sent, answer) -> new Answer(
                answer.getStatusCode().value(), answer.getHeaders(), JSON.readTree(answer.getBody()))));
    }

    /** What is parked under a key, in its order, once so much is. */
    List<JsonNode> parked(OrderId key, int count) {
        String list = "/operations/parked-messages?limit=100&key=" + key;
        await().atMost(SOON).untilAsserted(() -> assertThat(get(list).ok().path("items")).hasSize(count));
        return get(list).ok().path("items").valueStream().toList().reversed();
    }

    /** An order that is there, so that it can be confirmed. */
    OrderId order() {
        var order = new TestAggregate();
        transaction.executeWithoutResult(_ -> entities.persist(order));
        return OrderId.parse(order.subject().substring("order/".length()));
    }

    /** Makes an order that was missing. */
    void make(OrderId order) {
        database.sql("insert into test_aggregate (id) values (?)").param(order.value()).update();
    }

    long count(String table) {
        return database.sql("select count(*) from " + table).query(Long.class).single();
    }

    List<String> saidAbout(OrderId order) {
        return database.sql("select type from outbox where message_key = ? order by id").param(order.toString())
                .query((row, n) -> row.getString(1)).list();
    }
}
