package dev.waybill.shipping.shipments;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.waybill.defaults.webhooks.WebhookSignature;
import dev.waybill.events.MessageId;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import dev.waybill.events.ShippingEvent;
import dev.waybill.events.ShippingEvent.CancellationRefused;
import dev.waybill.events.ShippingEvent.ParcelDelivered;
import dev.waybill.events.ShippingEvent.ParcelHandedOver;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The carrier tells what happens to parcels: signed, twice, out of order, too early, too late, or about somebody else's. */
class CarrierWebhooksTest extends ShippingFixture {

    private static final Instant AT = Instant.parse("2026-11-21T14:00:00.123456789Z");

    @Autowired
    private MeterRegistry meters;

    @Test
    void aScanMovesTheParcelAndIsToldInNoSaga() {
        dispatched();

        assertThat(tell("s-1", "HANDED_OVER", AT)).isEqualTo(204);

        assertThat(parcelEvents()).containsExactly(new ParcelHandedOver(order, trackingNumber(), AT));
        assertThat(row("parcel-handed-over")).containsEntry("saga_id", null).containsEntry("causation_id", null)
                .containsEntry("correlation_id", order.toString()).containsEntry("sequence", 3L);
        assertThat(view().path("status").asString()).isEqualTo("HANDED_OVER");
        assertThat(view().at("/history/3/at").asString()).isEqualTo(AT.toString());
    }

    @Test
    void whatComesTwiceOrOutOfOrderIsHarmless() {
        double duplicates = heard("DUPLICATE");
        dispatched();

        tell("s-3", "DELIVERED", AT.plusSeconds(30));
        tell("s-1", "HANDED_OVER", AT);
        tell("s-3", "DELIVERED", AT.plusSeconds(30));
        tell("s-4", "DELIVERED", AT.plusSeconds(31));

        assertThat(parcelEvents())
                .containsExactly(new ParcelDelivered(order, trackingNumber(), AT.plusSeconds(30)));
        assertThat(view().path("status").asString()).isEqualTo("DELIVERED");
        assertThat(statuses()).endsWith("DISPATCHED", "HANDED_OVER", "DELIVERED");
        assertThat(heard("DUPLICATE")).isEqualTo(duplicates + 1);
    }

    @Test
    void manyAtOnceAreToldOnce() {
        dispatched();

        try (var threads = Executors.newFixedThreadPool(8)) {
            List<String> statuses = List.of("HANDED_OVER", "IN_TRANSIT", "DELIVERED");
            for (int i = 0; i < 24; i++) {
                String status = statuses.get(i % 3);
                threads.execute(() -> tell("at-once-" + status, status, AT));
            }
        }

        assertThat(parcelEvents()).doesNotHaveDuplicates().last().isInstanceOf(ParcelDelivered.class);
        assertThat(statuses()).endsWith("DISPATCHED", "HANDED_OVER", "IN_TRANSIT", "DELIVERED");
        assertThat(webhooks()).isEqualTo(3);
    }

    @Test
    void aScanThatOvertakesTheAnswerToTheDispatchWaitsForIt() {
        answerTo(send(book()));
        StubMapping silent = CARRIER.stubFor(post(urlMatching("/carrier/shipments/.*/dispatch"))
                .willReturn(aResponse().withStatus(500)));
        MessageId dispatch = send(new DispatchShipment(order));
        await().until(() -> !CARRIER.findAll(postRequestedFor(urlMatching(".*" + order + "/dispatch"))).isEmpty());

        assertThat(tell("s-1", "HANDED_OVER", AT)).isEqualTo(204);
        assertThat(parcelEvents()).isEmpty();
        assertThat(view().path("status").asString()).isEqualTo("BOOKED");
        CARRIER.removeStub(silent);

        assertThat(answerTo(dispatch)).isInstanceOf(ShippingEvent.ShipmentDispatched.class);
        assertThat(parcelEvents()).containsExactly(new ParcelHandedOver(order, trackingNumber(), AT));
        // It follows from the label, and is no answer to the command.
        assertThat(row("parcel-handed-over")).containsEntry("saga_id", null)
                .containsEntry("causation_id", row("shipment-dispatched").get("message_id"));
    }

    @Test
    void aScanDuringACancellationIsToldOnceTheCarrierHasRefusedThat() {
        dispatched();
        StubMapping silent = CARRIER.stubFor(post(urlMatching("/carrier/shipments/.*/cancellation"))
                .willReturn(aResponse().withStatus(500)));
        MessageId cancellation = send(new CancelShipment(order));
        await().until(() -> !CARRIER.findAll(postRequestedFor(urlMatching(".*" + order + "/cancellation"))).isEmpty());
        tell("s-1", "HANDED_OVER", AT);
        assertThat(parcelEvents()).isEmpty();

        CARRIER.stubFor(post(urlMatching("/carrier/shipments/.*/cancellation"))
                .willReturn(problem(409, "ALREADY_HANDED_OVER")));
        CARRIER.removeStub(silent);

        assertThat(answerTo(cancellation)).isEqualTo(new CancellationRefused(order, trackingNumber()));
        assertThat(parcelEvents()).containsExactly(new ParcelHandedOver(order, trackingNumber(), AT));
        assertThat(view().path("status").asString()).isEqualTo("HANDED_OVER");
    }

    @Test
    void aScanAfterTheCancellationIsKeptCountedAndChangesNothing() {
        answerTo(send(book()));
        answerTo(send(new CancelShipment(order)));
        double before = meters.get("shipments_left_all_the_same").counter().count();

        assertThat(tell("s-1", "HANDED_OVER", AT)).isEqualTo(204);
        assertThat(tell("s-2", "DELIVERED", AT)).isEqualTo(204);

        assertThat(parcelEvents()).isEmpty();
        assertThat(view().path("status").asString()).isEqualTo("CANCELLED");
        assertThat(statuses()).endsWith("CANCELLED", "HANDED_OVER", "DELIVERED");
        assertThat(meters.get("shipments_left_all_the_same").counter().count()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BOOKED", "DISPATCHED", "CANCELLED", "LOST_AND_FOUND"})
    void whatIsNoScanIsTakenAndChangesNothing(String status) {
        answerTo(send(book()));
        var before = view();

        assertThat(tell("m-" + status, status, AT)).isEqualTo(204);

        assertThat(view()).isEqualTo(before);
        assertThat(parcelEvents()).isEmpty();
        assertThat(webhooks()).isEqualTo(1);
    }

    @Test
    void aParcelThatIsNotKnownHereIsTakenAndCounted() {
        double before = heard("UNKNOWN_SHIPMENT");

        assertThat(tell("s-1", "HANDED_OVER", AT)).isEqualTo(204);
        String foreign = UUID.randomUUID().toString();
        assertThat(
                tell("{\"id\": \"%s\", \"trackingNumber\": \"%s\", \"orderId\": \"no uuid\", \"status\": \"DELIVERED\","
                        .formatted(foreign, foreign) + " \"at\": \"" + AT + "\", \"depot\": 7}"))
                .isEqualTo(204);
        assertThat(tell("{\"id\": \"%s-2\", \"trackingNumber\": \"%s\", \"status\": \"DELIVERED\", \"at\": \"%s\"}"
                .formatted(foreign, foreign, AT))).isEqualTo(204);

        assertThat(heard("UNKNOWN_SHIPMENT")).isEqualTo(before + 3);
        assertThat(webhooks()).isEqualTo(1);
    }

    @Test
    void anotherParcelOfTheSameOrderIsNotOurs() {
        dispatched();

        tell("{\"id\": \"%s-x\", \"trackingNumber\": \"X-%s\", \"orderId\": \"%s\", \"status\": \"DELIVERED\", \"at\": \"%s\"}"
                .formatted(order, order, order, AT));

        assertThat(parcelEvents()).isEmpty();
        assertThat(view().path("status").asString()).isEqualTo("DISPATCHED");
    }

    @Test
    void thoseThatDoNotComeAgainAreNotKeptForEver() {
        dispatched();
        tell("s-1", "HANDED_OVER", AT);
        tell("s-2", "IN_TRANSIT", AT);
        jdbc.sql("update carrier_webhook set received_at = received_at - interval '30 days' where id = ?")
                .param(order + "-s-1").update();
        await().untilAsserted(() -> assertThat(jdbc.sql("select id from carrier_webhook where order_id = ?")
                .param(order.toString()).query(String.class).list()).containsExactly(order + "-s-2"));
    }

    @Test
    void whatIsNotGenuineIsRefusedAndForgotten() {
        dispatched();
        long now = Instant.now().getEpochSecond();
        String body = body("s-1", "DELIVERED", AT);
        String signature = signatureOf(SECRET, now, body);

        assertThat(send(body, now, null)).as("missing").isEqualTo(401);
        assertThat(send(body, now, signature.replace("v1=", "v1=0"))).as("wrong").isEqualTo(401);
        assertThat(send(body, now, signatureOf("guessed", now, body))).as("under another secret").isEqualTo(401);
        assertThat(send(body.replace("s-1", "s-2"), now, signature)).as("of another body").isEqualTo(401);
        assertThat(send(body, now + 1, signature)).as("of another time").isEqualTo(401);
        for (long then : List.of(now - 600, now + 600)) {
            assertThat(send(body, then, signatureOf(SECRET, then, body))).as("too old, or from the future")
                    .isEqualTo(401);
        }

        assertThat(webhooks()).isZero();
        assertThat(view().path("status").asString()).isEqualTo("DISPATCHED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[]", "{}", "{\"id\": null}",
            "{\"trackingNumber\": \"T\", \"status\": \"DELIVERED\", \"at\": \"2026-11-21T14:00:00Z\"}",
            "{\"id\": \"\", \"trackingNumber\": \"T\", \"status\": \"DELIVERED\", \"at\": \"2026-11-21T14:00:00Z\"}",
            "{\"id\": \"1\", \"trackingNumber\": \"T\\u0000\", \"status\": \"DELIVERED\", \"at\": \"2026-11-21T14:00:00Z\"}",
            "{\"id\": \"1\", \"trackingNumber\": \"T\", \"at\": \"2026-11-21T14:00:00Z\"}",
            "{\"id\": \"1\", \"trackingNumber\": \"T\", \"status\": \"DELIVERED\", \"at\": \"yesterday\"}",
            "{\"id\": \"1\", \"trackingNumber\": \"T\", \"status\": \"DELIVERED\", \"at\": \"+1000000000-12-31T23:59:59Z\"}"})
    void whatCannotBeReadIsRefused(String body) {
        assertThat(tell(body)).isEqualTo(400);
    }

    private void dispatched() {
        answerTo(send(book()));
        answerTo(send(new DispatchShipment(order)));
    }

    private String body(String id, String status, Instant at) {
        return """
                {"id": "%s-%s", "kind": "SCAN", "trackingNumber": "%s", "orderId": "%s", "status": "%s", "at": "%s"}"""
                .formatted(order, id, trackingNumber(), order, status, at);
    }

    private int tell(String id, String status, Instant at) {
        return tell(body(id, status, at));
    }

    private int tell(String body) {
        long now = Instant.now().getEpochSecond();
        return send(body, now, signatureOf(SECRET, now, body));
    }

    private static String signatureOf(String secret, long at, String body) {
        return new WebhookSignature(secret).of(at, body.getBytes(StandardCharsets.UTF_8));
    }

    private int send(String body, long timestamp, @Nullable String signature) {
        return RestClient.create("http://localhost:" + port).post().uri("/carrier-webhooks")
                .contentType(MediaType.APPLICATION_JSON)
                .header(WebhookSignature.TIMESTAMP_HEADER, Long.toString(timestamp))
                .headers(headers -> {
                    if (signature != null) {
                        headers.set(WebhookSignature.HEADER, signature);
                    }
                }).body(body)
                .exchangeForRequiredValue((request, response) -> response.getStatusCode().value());
    }

    private List<ShippingEvent> parcelEvents() {
        return jdbc.sql("select type, payload from outbox where message_key = ? and type like '%parcel-%' order by id")
                .param(order.toString())
                .query((row, number) -> read(row.getString("type"), row.getString("payload"))).list();
    }

    private Map<String, @Nullable Object> row(String type) {
        return jdbc.sql("select * from outbox where message_key = ? and type = ?").param(order.toString())
                .param("dev.waybill.shipping.%s.v1".formatted(type)).query().singleRow();
    }

    private Stream<String> statuses() {
        return view().path("history").valueStream().map(step -> step.path("status").asString());
    }

    private long webhooks() {
        return jdbc.sql("select count(*) from carrier_webhook where order_id = ?").param(order.toString())
                .query(Long.class).single();
    }

    private double heard(String outcome) {
        return meters.get("carrier_webhooks").tag("outcome", outcome).counter().count();
    }
}
