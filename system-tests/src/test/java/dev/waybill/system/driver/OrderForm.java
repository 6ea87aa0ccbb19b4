package dev.waybill.system.driver;

import dev.waybill.system.auditor.evidence.Fact.Line;
import dev.waybill.system.driver.Http.Answer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An order that a customer fills in: {@code waybill.order("KETTLE-03", 1).paidBy("pm_card_visa").to("DE").place()}. Each
 * form has an idempotency key of its own, and keeps it however often it is sent.
 */
public record OrderForm(Waybill waybill, String key, String customerId, List<Line> lines, String paymentMethod,
        String country, String recipient, @Nullable String contactEmail) {

    static OrderForm empty(Waybill waybill) {
        return new OrderForm(waybill, UUID.randomUUID().toString(), "alice", List.of(), "pm_card_visa", "DE",
                "Alice Doe", null);
    }

    public OrderForm and(String sku, int quantity) {
        List<Line> more = Stream.concat(lines.stream(), Stream.of(new Line(sku, quantity))).toList();
        return new OrderForm(waybill, key, customerId, more, paymentMethod, country, recipient, contactEmail);
    }

    public OrderForm by(String customer) {
        return new OrderForm(waybill, key, customer, lines, paymentMethod, country, recipient, contactEmail);
    }

    public OrderForm paidBy(String method) {
        return new OrderForm(waybill, key, customerId, lines, method, country, recipient, contactEmail);
    }

    public OrderForm to(String destination) {
        return new OrderForm(waybill, key, customerId, lines, paymentMethod, destination, recipient,
                contactEmail);
    }

    public OrderForm addressedTo(String name) {
        return new OrderForm(waybill, key, customerId, lines, paymentMethod, country, name, contactEmail);
    }

    public OrderForm mailedTo(String address) {
        return new OrderForm(waybill, key, customerId, lines, paymentMethod, country, recipient, address);
    }

    public OrderForm withKey(String idempotencyKey) {
        return new OrderForm(waybill, idempotencyKey, customerId, lines, paymentMethod, country, recipient,
                contactEmail);
    }

    /** Sends it once; it has to be accepted. */
    public PlacedOrder place() {
        return place(Map.of());
    }

    /** Sends it once, with these headers besides the usual ones; it has to be accepted. */
    public PlacedOrder place(Map<String, String> headers) {
        Attempt attempt = send(headers);
        assertThat(attempt.isAccepted()).as("%s: %s", this, attempt).isTrue();
        return PlacedOrder.from(waybill, attempt.answer().json(), 1);
    }

    /** Sends it again and again, under the same key, until it is accepted. */
    public PlacedOrder placeWithin(Duration atMost) {
        Attempt first = send(Map.of());
        var attempts = new AtomicInteger(1);
        Attempt accepted = first.isAccepted()
                ? first
                : await(this + " is accepted").atMost(atMost).pollInterval(Duration.ofMillis(300)).until(() -> {
                    attempts.incrementAndGet();
                    return send(Map.of());
                }, Attempt::isAccepted);
        return PlacedOrder.from(waybill, accepted.answer().json(), attempts.get());
    }

    /** Sends it once, whatever comes of it. */
    public Answer request() throws IOException {
        return request(Map.of());
    }

    private Answer request(Map<String, String> headers) throws IOException {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Idempotency-Key", key);
        return waybill.postOrder(all, body());
    }

    private Attempt send(Map<String, String> headers) {
        try {
            Answer answer = request(headers);
            waybill.log(this, answer);
            return new Attempt(answer, "");
        } catch (IOException e) {
            waybill.logUnanswered(this);
            return new Attempt(new Answer(0, Map.of(), ""), e.toString());
        }
    }

    private record Attempt(Answer answer, String fault) {
        boolean isAccepted() {
            return answer.status() == 202;
        }
    }

    public String body() {
        Map<String, Object> body = new HashMap<>(Map.of(
                "customerId", customerId,
                "lines", lines,
                "paymentMethod", paymentMethod,
                "currency", "EUR",
                "shippingAddress", Map.of("name", recipient, "line1", "1 Main St", "city", "Berlin", "postalCode",
                        "10115", "country", country)));
        if (contactEmail != null) {
            body.put("contactEmail", contactEmail);
        }
        return Http.JSON.writeValueAsString(body);
    }

    @Override
    public String toString() {
        return "%s by %s to %s (key %s)".formatted(lines, paymentMethod, country, key);
    }
}
