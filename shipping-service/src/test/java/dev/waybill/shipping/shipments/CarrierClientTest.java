package dev.waybill.shipping.shipments;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.waybill.events.Address;
import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingEvent.ShipmentRefusal;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.outside.OutcomeUnknownException;
import dev.waybill.messaging.outside.OutsideHttp;
import dev.waybill.shipping.shipments.CarrierAnswer.AlreadyHandedOver;
import dev.waybill.shipping.shipments.CarrierAnswer.Booked;
import dev.waybill.shipping.shipments.CarrierAnswer.Cancelled;
import dev.waybill.shipping.shipments.CarrierAnswer.Dispatched;
import dev.waybill.shipping.shipments.CarrierAnswer.Refused;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.client.RestClient;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What is sent to the carrier, and what each of its answers and faults is taken for. */
class CarrierClientTest {

    private static final String SHIPMENTS = "/carrier/shipments";
    private static final String DISPATCH = "/carrier/shipments/T-1/dispatch";
    private static final String CANCELLATION = "/carrier/shipments/T-1/cancellation";

    private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
    private final UUID key = Ids.next();
    private final OrderId order = new OrderId(Ids.next());

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aBookingNamesAddressAndItemsUnderItsKey() {
        answers(SHIPMENTS, 201, "{\"trackingNumber\": \"T-1\", \"carrier\": \"DHL\", \"status\": \"BOOKED\"}");
        assertThat(book()).isEqualTo(new Booked("DHL", "T-1"));
        server.verify(
                1,
                postRequestedFor(urlEqualTo(SHIPMENTS)).withHeader("Idempotency-Key", equalTo(key.toString()))
                        .withRequestBody(equalToJson("""
                                {"orderId": "%s",
                                 "address": {"name": "Alice Doe", "line1": "1 Main St", "city": "Berlin",
                                             "postalCode": "10115", "country": "DE"},
                                 "items": [{"sku": "ESPRESSO-01", "quantity": 2}]}""".formatted(order))));
    }

    @Test
    void anAddressThatIsNotServedIsAnAnswer() {
        answers(SHIPMENTS, 422, "{\"code\": \"ADDRESS_NOT_SERVED\"}");
        assertThat(book()).isEqualTo(new Refused(ShipmentRefusal.ADDRESS_NOT_SERVED));
    }

    @ParameterizedTest
    @CsvSource({"404,NOT_FOUND", "409,CONFLICT", "422,KEY_REUSED", "400,BAD", "500,ADDRESS_NOT_SERVED", "503,X"})
    void nothingElseIsAnAnswerToABooking(int status, String code) {
        answers(SHIPMENTS, status, "{\"code\": \"%s\"}".formatted(code));
        assertThatThrownBy(this::book).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void aBookingWithoutTrackingNumberIsNoAnswer() {
        answers(SHIPMENTS, 201, "{\"carrier\": \"DHL\"}");
        assertThatThrownBy(this::book).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void aBookingThatTimesOutAfterItsEffectIsNotKnown() {
        stub(SHIPMENTS, aResponse().withStatus(201).withFixedDelay(2_000));
        assertThatThrownBy(() -> client(Duration.ofMillis(200)).book(key, booking()))
                .isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void garbageIsNoAnswer() {
        stub(SHIPMENTS, aResponse().withStatus(201).withFault(Fault.RANDOM_DATA_THEN_CLOSE));
        assertThatThrownBy(this::book).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void aDispatchGetsALabel() {
        answers(DISPATCH, 201, "{\"trackingNumber\": \"T-1\", \"labelUrl\": \"http://labels/T-1\"}");
        assertThat(dispatch()).isEqualTo(new Dispatched("http://labels/T-1"));
    }

    @ParameterizedTest
    @CsvSource({"404,NOT_FOUND", "409,CANCELLED", "500,X"})
    void nothingElseIsAnAnswerToADispatch(int status, String code) {
        answers(DISPATCH, status, "{\"code\": \"%s\"}".formatted(code));
        assertThatThrownBy(this::dispatch).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void aCancellationIsDone() {
        answers(CANCELLATION, 201, "{\"status\": \"CANCELLED\"}");
        assertThat(cancel()).isEqualTo(new Cancelled());
    }

    @Test
    void aParcelThatIsHandedOverIsNotGivenBack() {
        answers(CANCELLATION, 409, "{\"code\": \"ALREADY_HANDED_OVER\"}");
        assertThat(cancel()).isEqualTo(new AlreadyHandedOver());
    }

    @ParameterizedTest
    @CsvSource({"404,NOT_FOUND", "409,SOMETHING_NEW", "500,ALREADY_HANDED_OVER"})
    void nothingElseIsAnAnswerToACancellation(int status, String code) {
        answers(CANCELLATION, status, "{\"code\": \"%s\"}".formatted(code));
        assertThatThrownBy(this::cancel).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void aCarrierThatFailsAndFailsIsLeftAloneAndAskedAgainLater() {
        stub(SHIPMENTS, aResponse().withStatus(503));
        CarrierClient client = client();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> client.book(key, booking())).isInstanceOfSatisfying(
                    OutcomeUnknownException.class, e -> assertThat(e.asked()).isTrue());
        }
        server.resetAll();
        answers(SHIPMENTS, 201, "{\"trackingNumber\": \"T-1\", \"carrier\": \"DHL\"}");

        // Not asked, and so not in doubt.
        assertThatThrownBy(() -> client.book(key, booking())).isInstanceOfSatisfying(
                OutcomeUnknownException.class, e -> assertThat(e.asked()).isFalse());
        server.verify(0, postRequestedFor(urlEqualTo(SHIPMENTS)));

        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(client.book(key, booking())).isEqualTo(new Booked("DHL", "T-1")));
    }

    @Test
    void howeverOftenItRefusesItIsAsked() {
        answers(SHIPMENTS, 422, "{\"code\": \"ADDRESS_NOT_SERVED\"}");
        CarrierClient client = client();
        for (int i = 0; i < 30; i++) {
            client.book(key, booking());
        }
        server.verify(30, postRequestedFor(urlEqualTo(SHIPMENTS)));
    }

    private CarrierAnswer book() {
        return client().book(key, booking());
    }

    private CarrierAnswer dispatch() {
        return client().dispatch(key, "T-1");
    }

    private CarrierAnswer cancel() {
        return client().cancel(key, "T-1");
    }

    private BookShipment booking() {
        return new BookShipment(
                order,
                new Address("Alice Doe", "1 Main St", null, "Berlin", "10115", "DE"),
                List.of(new StockLine(new Sku("ESPRESSO-01"), new Quantity(2))));
    }

    private CarrierClient client() {
        return client(Duration.ofSeconds(5));
    }

    private CarrierClient client(Duration readTimeout) {
        var limits = new OutsideHttp.Limits(
                Duration.ofSeconds(2),
                readTimeout,
                2,
                Duration.ofMillis(10),
                Duration.ofSeconds(1));
        return new CarrierClient(
                new CarrierSettings(URI.create(server.baseUrl()), limits),
                RestClient.builder(),
                CircuitBreakerRegistry.ofDefaults());
    }

    private void answers(String path, int status, String body) {
        stub(path, aResponse().withStatus(status).withHeader("Content-Type", "application/json").withBody(body));
    }

    private void stub(String path, ResponseDefinitionBuilder response) {
        server.stubFor(post(path).willReturn(response));
    }
}
