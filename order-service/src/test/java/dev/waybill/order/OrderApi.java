package dev.waybill.order;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The service as its callers see it. */
public record OrderApi(RestTestClient client) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public static OrderApi on(int port) {
        return new OrderApi(RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build());
    }

    /** The example of the interface's description; a copy of its own, to be bent by a test. */
    public static ObjectNode goodOrder() {
        return (ObjectNode) JSON.readTree("""
                {"customerId": "alice", "lines": [{"sku": "ESPRESSO-01", "quantity": 2}],
                 "paymentMethod": "pm_card_visa", "currency": "EUR",
                 "shippingAddress": {"name": "Alice Doe", "line1": "1 Main St", "city": "Berlin",
                                     "postalCode": "10115", "country": "DE"}}""");
    }

    public record Answer(int status, HttpHeaders headers, String text) {

        public JsonNode json() {
            return JSON.readTree(text);
        }

        public JsonNode problem(int expectedStatus, String code) {
            assertThat(status).as(text).isEqualTo(expectedStatus);
            assertThat(headers.getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
            assertThat(json().get("code").asString()).as(text).isEqualTo(code);
            assertThat(json().get("traceId").asString()).matches("[0-9a-f]{32}");
            return json();
        }
    }

    public Answer place(JsonNode order) {
        return place(order.toString(), UUID.randomUUID().toString());
    }

    public Answer place(String body, @Nullable String idempotencyKey) {
        return post("/orders", body, idempotencyKey);
    }

    /** Under a key of its own. */
    public Answer post(String uri, String body) {
        return post(uri, body, UUID.randomUUID().toString());
    }

    public Answer post(String uri, String body, @Nullable String idempotencyKey) {
        var request = client.post().uri(uri).contentType(MediaType.APPLICATION_JSON);
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return answer(request.body(body).exchange());
    }

    public JsonNode placed(JsonNode order) {
        Answer answer = place(order);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json();
    }

    /** @param headers name and value, one after the other */
    public Answer put(String uri, String body, String... headers) {
        var request = client.put().uri(uri).contentType(MediaType.APPLICATION_JSON);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return answer(request.body(body).exchange());
    }

    public Answer get(String uri, Object... variables) {
        return answer(client.method(HttpMethod.GET).uri(uri, variables).exchange());
    }

    private static Answer answer(RestTestClient.ResponseSpec response) {
        var result = response.expectBody(String.class).returnResult();
        String body = result.getResponseBody();
        return new Answer(result.getStatus().value(), result.getResponseHeaders(), body == null ? "" : body);
    }
}
