package dev.waybill.shipping.shipments;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.waybill.events.MessageId;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import dev.waybill.events.ShippingEvent.CancellationRefused;
import dev.waybill.events.ShippingEvent.ShipmentBooked;
import dev.waybill.events.ShippingEvent.ShipmentCancelled;
import dev.waybill.events.ShippingEvent.ShipmentDispatched;
import dev.waybill.events.ShippingEvent.ShipmentRefusal;
import dev.waybill.events.ShippingEvent.ShipmentRefused;
import dev.waybill.messaging.MessageJson;
import dev.waybill.testing.SetBack;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Set;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Commands in over a real Kafka, events out into a real outbox, and a carrier that answers over HTTP. */
class ShippingConversationTest extends ShippingFixture {

    @Test
    void aBookedParcelIsDispatched() {
        assertThat(answerTo(send(book()))).isEqualTo(new ShipmentBooked(order, "DHL", trackingNumber()));
        assertThat(view().path("status").asString()).isEqualTo("BOOKED");

        assertThat(answerTo(send(new DispatchShipment(order))))
                .isEqualTo(new ShipmentDispatched(order, trackingNumber(), "http://labels/1"));
        assertThat(view().path("status").asString()).isEqualTo("DISPATCHED");
        assertThat(view().path("history").valueStream().map(step -> step.path("status").asString()))
                .containsExactly("PENDING", "BOOKED", "DISPATCHED");
        assertThat(openCalls()).isZero();
    }

    @Test
    void theAddressIsForgottenOnceTheLabelIsPrinted() {
        answerTo(send(book()));
        assertThat(booking()).containsEntry("booking", MessageJson.write(book()));
        answerTo(send(new DispatchShipment(order)));
        assertThat(booking()).containsEntry("booking", null);
    }

    @Test
    void anAddressThatIsNotServedRefusesTheShipment() {
        CARRIER.stubFor(post("/carrier/shipments").willReturn(problem(422, "ADDRESS_NOT_SERVED")));
        assertThat(answerTo(send(book()))).isEqualTo(new ShipmentRefused(order, ShipmentRefusal.ADDRESS_NOT_SERVED));
        assertThat(answerTo(send(new CancelShipment(order)))).isEqualTo(new ShipmentCancelled(order));
        assertThat(view().path("status").asString()).isEqualTo("REFUSED");
    }

    @Test
    void aCancellationThatComesFirstRefusesTheBookingWithoutTheCarrier() {
        assertThat(answerTo(send(new CancelShipment(order)))).isEqualTo(new ShipmentCancelled(order));
        assertThat(answerTo(send(book()))).isEqualTo(new ShipmentRefused(order, ShipmentRefusal.ALREADY_CANCELLED));
        assertThat(CARRIER.findAll(postRequestedFor(urlMatching("/carrier/.*")))
                .stream().filter(request -> request.getBodyAsString().contains(order.toString()))).isEmpty();
    }

    @Test
    void aBookingInDoubtIsDrivenToAnAnswerWithItsOwnKeyBeforeItIsCancelled() {
        var cutOff = CARRIER.stubFor(post("/carrier/shipments")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        MessageId booking = send(book());
        await().until(() -> !CARRIER.findAll(postRequestedFor(urlEqualTo("/carrier/shipments"))).isEmpty());
        MessageId cancellation = send(new CancelShipment(order));
        await().until(() -> openCalls() == 2);
        CARRIER.removeStub(cutOff);

        assertThat(answerTo(booking)).isEqualTo(new ShipmentBooked(order, "DHL", trackingNumber()));
        assertThat(answerTo(cancellation)).isEqualTo(new ShipmentCancelled(order));
        assertThat(keysOf("/carrier/shipments")).hasSize(1);
        assertThat(keysOf("/carrier/shipments/%s/cancellation".formatted(trackingNumber()))).hasSize(1);
    }

    /** However often it was asked for: a request that was slow is sent again under the same key. */
    private static List<String> keysOf(String path) {
        return CARRIER.findAll(postRequestedFor(urlEqualTo(path))).stream()
                .map(request -> request.getHeader("Idempotency-Key")).distinct().toList();
    }

    @Test
    void aBookingThatTheCarrierDoesNotAnswerIsInDoubt() {
        var silent = CARRIER.stubFor(post("/carrier/shipments").willReturn(aResponse().withStatus(500)));
        MessageId booking = send(book());
        await().until(this::isTriedInVain);
        assertThat(isInDoubt()).isTrue();
        CARRIER.removeStub(silent);

        assertThat(answerTo(booking)).isEqualTo(new ShipmentBooked(order, "DHL", trackingNumber()));
        assertThat(isInDoubt()).isFalse();
    }

    @Test
    void oneThatTheCarrierWasNotEvenAskedForIsNot() {
        CircuitBreaker breaker = breakers.circuitBreaker("carrier");
        breaker.transitionToForcedOpenState();
        try {
            MessageId booking = send(book());
            await().until(this::isTriedInVain);
            assertThat(isInDoubt()).isFalse();
            breaker.transitionToClosedState();

            assertThat(answerTo(booking)).isEqualTo(new ShipmentBooked(order, "DHL", trackingNumber()));
        } finally {
            breaker.transitionToClosedState();
        }
    }

    /** Noted in the same transaction as the doubt, where there is one. */
    private boolean isTriedInVain() {
        return jdbc.sql("select exists (select from outside_call where order_id = ? and last_error is not null)")
                .param(order.value()).query(Boolean.class).single();
    }

    private boolean isInDoubt() {
        return jdbc.sql("select in_doubt from shipment where order_id = ?").param(order.value()).query(Boolean.class)
                .single();
    }

    @Test
    void aParcelThatTheCarrierHasIsNotCancelled() {
        CARRIER.stubFor(post(urlMatching("/carrier/shipments/.*/cancellation"))
                .willReturn(problem(409, "ALREADY_HANDED_OVER")));
        answerTo(send(book()));
        answerTo(send(new DispatchShipment(order)));
        assertThat(answerTo(send(new CancelShipment(order))))
                .isEqualTo(new CancellationRefused(order, trackingNumber()));
        assertThat(view().path("status").asString()).isEqualTo("HANDED_OVER");
    }

    @Test
    void aRefusedCancellationIsAskedForAgainUnderAKeyOfItsOwn() {
        StubMapping refusing = CARRIER.stubFor(post(urlMatching("/carrier/shipments/.*/cancellation"))
                .willReturn(problem(409, "ALREADY_HANDED_OVER")));
        answerTo(send(book()));
        assertThat(answerTo(send(new CancelShipment(order)))).isInstanceOf(CancellationRefused.class);
        assertThat(view().path("status").asString()).isEqualTo("BOOKED");
        CARRIER.removeStub(refusing);

        assertThat(answerTo(send(new CancelShipment(order)))).isEqualTo(new ShipmentCancelled(order));

        assertThat(CARRIER.findAll(postRequestedFor(urlMatching(".*" + order + "/cancellation"))).stream()
                .map(request -> request.getHeader("Idempotency-Key"))).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void theDispatchOfACancelledShipmentIsParked() {
        answerTo(send(new CancelShipment(order)));
        MessageId dispatch = send(new DispatchShipment(order));
        await().untilAsserted(
                () -> assertThat(
                        jdbc.sql("select count(*) from parked_message where message_id = ?").param(dispatch.value())
                                .query(Long.class).single())
                        .isEqualTo(1));
        assertThat(view().path("status").asString()).isEqualTo("CANCELLED");
    }

    @Test
    void theAnswerStaysInTheSagaOfTheCommandAndIsNumbered() {
        answerTo(send(book()));
        answerTo(send(new CancelShipment(order)));
        var sequences = jdbc
                .sql("select sequence from outbox where topic = 'shipping.events' and subject = ? and saga_id = ? and correlation_id = ? order by id")
                .params("shipment/" + order, saga.value(), order.toString()).query(Long.class).list();
        assertThat(sequences).containsExactly(1L, 2L);
    }

    @Test
    void nobodyHasHeardOfTheShipment() {
        RestClient.create("http://localhost:" + port).get().uri("/shipments/" + order)
                .exchange((request, response) -> assertThat(response.getStatusCode().value()).isEqualTo(404));
    }

    @Test
    void commandsThatComeAgainWhenTheInboxHasForgottenThemAreAnsweredWithoutTheCarrier() {
        answerTo(send(book()));
        answerTo(send(new DispatchShipment(order)));
        JsonNode before = view();
        Set<String> keys = keys();
        long answers = answers();

        SetBack.behindTheInbox(service);

        await().untilAsserted(() -> assertThat(answers()).isEqualTo(2 * answers));
        await().until(() -> openCalls() == 0);
        assertThat(keys()).isEqualTo(keys).hasSize(2);
        assertThat(view()).isEqualTo(before);
    }

    /** Calls about this order by their keys: one that is tried again keeps its own. */
    private Set<String> keys() {
        return CARRIER.findAll(postRequestedFor(urlMatching("/carrier/.*"))).stream()
                .filter(request -> (request.getUrl() + request.getBodyAsString()).contains(order.toString()))
                .map(request -> request.getHeader("Idempotency-Key")).collect(toSet());
    }

    private long answers() {
        return jdbc.sql("select count(*) from outbox where message_key = ? and sequence is not null")
                .param(order.toString()).query(Long.class).single();
    }
}
