package dev.waybill.payment.payments;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentMethod;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.outside.OutcomeUnknownException;
import dev.waybill.messaging.outside.OutsideHttp;
import dev.waybill.payment.payments.GatewayAnswer.Authorized;
import dev.waybill.payment.payments.GatewayAnswer.CaptureNotPossible;
import dev.waybill.payment.payments.GatewayAnswer.Captured;
import dev.waybill.payment.payments.GatewayAnswer.Declined;
import dev.waybill.payment.payments.GatewayAnswer.Voided;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.client.RestClient;

import java.net.URI;
import java.time.Duration;
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

/** What is sent to the gateway, and what each of its answers and faults is taken for. */
class GatewayClientTest {

    private static final String AUTHORIZATIONS = "/gateway/authorizations";
    private static final String CAPTURES = "/gateway/authorizations/auth-1/captures";
    private static final String VOIDS = "/gateway/authorizations/auth-1/voids";

    private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
    private final UUID key = Ids.next();
    private final OrderId order = new OrderId(Ids.next());
    private final Money amount = Money.of(12_999, "EUR");

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void anAuthorizationNamesOrderAmountAndCardUnderItsKey() {
        answers(AUTHORIZATIONS, 201, "{\"reference\": \"auth-1\", \"status\": \"AUTHORIZED\"}");
        assertThat(authorize()).isEqualTo(new Authorized("auth-1"));
        server.verify(
                1,
                postRequestedFor(urlEqualTo(AUTHORIZATIONS)).withHeader("Idempotency-Key", equalTo(key.toString()))
                        .withHeader("Content-Type", equalTo("application/json")).withRequestBody(equalToJson("""
                                {"orderId": "%s", "amount": {"amountMinor": 12999, "currency": "EUR"},
                                 "paymentMethod": "pm_card_visa"}""".formatted(order))));
    }

    @ParameterizedTest
    @CsvSource({"CARD_DECLINED", "INSUFFICIENT_FUNDS"})
    void aCardThatIsDeclinedIsAnAnswer(DeclineReason reason) {
        answers(AUTHORIZATIONS, 402, "{\"status\": 402, \"code\": \"%s\"}".formatted(reason));
        assertThat(authorize()).isEqualTo(new Declined(reason));
    }

    @ParameterizedTest
    @CsvSource({"404,NOT_FOUND", "409,CONFLICT", "422,KEY_REUSED", "400,BAD", "402,SOMETHING_NEW", "500,CARD_DECLINED",
            "503,X", "302,X"})
    void nothingElseIsAnAnswerToAnAuthorization(int status, String code) {
        answers(AUTHORIZATIONS, status, "{\"code\": \"%s\"}".formatted(code));
        assertThatThrownBy(this::authorize).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void anAuthorizationWithoutReferenceIsNoAnswer() {
        answers(AUTHORIZATIONS, 201, "{}");
        assertThatThrownBy(this::authorize).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void anAuthorizationThatTimesOutAfterItsEffectIsNotKnown() {
        stub(AUTHORIZATIONS, aResponse().withStatus(201).withBody("{\"reference\": \"auth-1\"}").withFixedDelay(2_000));
        assertThatThrownBy(
                () -> client(Duration.ofMillis(200)).authorize(key, order, amount, new PaymentMethod("pm_card_visa")))
                .isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void garbageIsNoAnswer() {
        stub(AUTHORIZATIONS, aResponse().withStatus(201).withFault(Fault.RANDOM_DATA_THEN_CLOSE));
        assertThatThrownBy(this::authorize).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void aCaptureNamesTheAmount() {
        answers(CAPTURES, 201, "{\"status\": \"CAPTURED\"}");
        assertThat(capture()).isEqualTo(new Captured());
        server.verify(
                1,
                postRequestedFor(urlEqualTo(CAPTURES)).withHeader("Idempotency-Key", equalTo(key.toString()))
                        .withRequestBody(equalToJson("{\"amount\": {\"amountMinor\": 12999, \"currency\": \"EUR\"}}")));
    }

    @ParameterizedTest
    @CsvSource({"NOT_AUTHORIZED,NOT_AUTHORIZED", "AUTHORIZATION_EXPIRED,AUTHORIZATION_EXPIRED",
            "VOIDED,REFUSED_BY_GATEWAY"})
    void aCaptureOfWhatIsNotHeldIsRefused(String code, CaptureRefusal reason) {
        answers(CAPTURES, 409, "{\"code\": \"%s\"}".formatted(code));
        assertThat(capture()).isEqualTo(new CaptureNotPossible(reason));
    }

    @Test
    void whatWasCapturedBeforeIsCaptured() {
        answers(CAPTURES, 409, "{\"code\": \"ALREADY_CAPTURED\"}");
        assertThat(capture()).isEqualTo(new Captured());
    }

    @ParameterizedTest
    @CsvSource({"404,NOT_FOUND", "409,CAPTURED_OTHERWISE", "409,SOMETHING_NEW", "402,CARD_DECLINED", "422,X",
            "500,NOT_AUTHORIZED"})
    void nothingElseIsAnAnswerToACapture(int status, String code) {
        answers(CAPTURES, status, "{\"code\": \"%s\"}".formatted(code));
        assertThatThrownBy(this::capture).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void aVoidIsDone() {
        answers(VOIDS, 201, "{\"status\": \"VOIDED\"}");
        assertThat(voidAuthorization()).isEqualTo(new Voided());
    }

    @ParameterizedTest
    @CsvSource({"404,NOT_FOUND", "409,ALREADY_CAPTURED", "500,X"})
    void nothingElseIsAnAnswerToAVoid(int status, String code) {
        answers(VOIDS, status, "{\"code\": \"%s\"}".formatted(code));
        assertThatThrownBy(this::voidAuthorization).isInstanceOf(OutcomeUnknownException.class);
    }

    private GatewayAnswer authorize() {
        return client().authorize(key, order, amount, new PaymentMethod("pm_card_visa"));
    }

    private GatewayAnswer capture() {
        return client().capture(key, "auth-1", amount);
    }

    private GatewayAnswer voidAuthorization() {
        return client().voidAuthorization(key, "auth-1");
    }

    private GatewayClient client() {
        return client(Duration.ofSeconds(5));
    }

    private GatewayClient client(Duration readTimeout) {
        var limits = new OutsideHttp.Limits(
                Duration.ofSeconds(2),
                readTimeout,
                2,
                Duration.ofMillis(10),
                Duration.ofSeconds(2));
        return new GatewayClient(
                new GatewaySettings(URI.create(server.baseUrl()), limits),
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
