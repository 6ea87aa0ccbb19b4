package dev.waybill.messaging.outside;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.waybill.messaging.outside.OutsideHttp.Answer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.client.RestClient;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
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

/** What counts as an answer of the other side, what is asked again, and when it is spared. */
class OutsideHttpTest {

    private static final UUID KEY = UUID.fromString("0198f0a0-0000-7000-8000-000000000001");
    private static final String PATH = "/things/a%20b/moves";

    private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
    private CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    private OutsideHttp http = http("http://localhost:1", Duration.ofSeconds(5));

    @BeforeEach
    void start() {
        server.start();
        http = http(server.baseUrl(), Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void anAnswerIsStatusCodeAndFields() {
        server.stubFor(post(PATH).withHeader("Idempotency-Key", equalTo(KEY.toString()))
                .withRequestBody(equalToJson("{\"to\": \"there\"}"))
                .willReturn(aResponse().withStatus(201).withBody("{\"reference\": \"r-1\", \"new\": [1]}")));
        Answer answer = move();
        assertThat(answer.done()).isTrue();
        assertThat(answer.text("reference")).isEqualTo("r-1");
        assertThatThrownBy(() -> answer.text("label")).isInstanceOf(OutcomeUnknownException.class);
    }

    /** It would stand in a log. */
    @Test
    void aCodeThatIsATextIsNone() {
        server.stubFor(post(PATH).willReturn(aResponse().withStatus(409)
                .withBody("{\"code\": \"alice@example.com is not known\"}")));
        assertThat(move().code()).isEmpty();
    }

    @Test
    void aRefusalIsAnAnswerToo() {
        server.stubFor(post(PATH).willReturn(aResponse().withStatus(409).withBody("{\"code\": \"TOO_LATE\"}")));
        assertThat(move().done()).isFalse();
        assertThat(move().code()).isEqualTo("TOO_LATE");
    }

    @Test
    void refusalsNeverOpenTheBreaker() {
        server.stubFor(post(PATH).willReturn(aResponse().withStatus(402).withBody("{}")));
        for (int i = 0; i < 30; i++) {
            assertThat(move().status()).isEqualTo(402);
        }
    }

    @Test
    void aServerErrorIsTriedAgainAtOnceWithTheSameKey() {
        server.stubFor(post(PATH).inScenario("s").whenScenarioStateIs(Scenario.STARTED).willSetStateTo("well")
                .willReturn(aResponse().withStatus(503)));
        server.stubFor(post(PATH).inScenario("s").whenScenarioStateIs("well")
                .willReturn(aResponse().withStatus(201).withBody("{}")));
        assertThat(move().done()).isTrue();
        server.verify(2, postRequestedFor(urlEqualTo(PATH)).withHeader("Idempotency-Key", equalTo(KEY.toString())));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void serverErrorsAreNoAnswer(int status) {
        server.stubFor(post(PATH).willReturn(aResponse().withStatus(status).withBody("{\"code\": \"CARD_DECLINED\"}")));
        assertUnknown();
        server.verify(2, postRequestedFor(urlEqualTo(PATH)));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429})
    void beingPutOffIsNoAnswerAndNotTriedAgainAtOnce(int status) {
        server.stubFor(post(PATH).willReturn(aResponse().withStatus(status)));
        assertUnknown();
        server.verify(1, postRequestedFor(urlEqualTo(PATH)));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 402})
    void bytesThatAreNoJsonAreNoAnswer(int status) {
        server.stubFor(post(PATH).willReturn(aResponse().withStatus(status).withBody("<html>oops")));
        assertUnknown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "MALFORMED_RESPONSE_CHUNK",
            "RANDOM_DATA_THEN_CLOSE"})
    void aBrokenConnectionIsNoAnswer(String fault) {
        server.stubFor(post(PATH).willReturn(aResponse().withStatus(201).withFault(Fault.valueOf(fault))));
        assertUnknown();
    }

    @Test
    void aTimeOutIsNoAnswerAndNotTriedAgainAtOnce() {
        http = http(server.baseUrl(), Duration.ofMillis(300));
        server.stubFor(post(PATH).willReturn(aResponse().withStatus(201).withBody("{}").withFixedDelay(1_000)));
        assertUnknown();
        server.verify(1, postRequestedFor(urlEqualTo(PATH)));
    }

    @Test
    void anAnswerThatTricklesInCountsAsTimeOut() {
        http = http(server.baseUrl(), Duration.ofMillis(300));
        server.stubFor(post(PATH).willReturn(
                aResponse().withStatus(201).withBody("{\"reference\": \"r-1\"}").withChunkedDribbleDelay(10, 2_000)));
        assertUnknown();
    }

    @Test
    void whereNobodyIsAtHomeNothingWasAsked() {
        server.stop();
        assertNotAsked();
    }

    @Test
    void whatWasAskedAtTheFirstAttemptWasAskedThoughTheBreakerSparesTheSecond() {
        server.stubFor(post(PATH).willReturn(aResponse().withStatus(429)));
        assertUnknown();
        server.stubFor(post(PATH).willReturn(aResponse().withStatus(500)));
        for (int i = 0; i < 4; i++) {
            assertUnknown();
        }
        // The tenth fault opens the breaker between two attempts.
        assertUnknown();
        server.verify(10, postRequestedFor(urlEqualTo(PATH)));
        assertNotAsked();
    }

    @Test
    void afterManyFaultsTheOtherSideIsSparedForAWhile() {
        server.stubFor(post(PATH).willReturn(aResponse().withStatus(500)));
        for (int i = 0; i < 5; i++) {
            assertUnknown();
        }
        server.verify(10, postRequestedFor(urlEqualTo(PATH)));
        assertNotAsked();
        assertThatThrownBy(this::move).hasMessageContaining("not asked for now");
        server.verify(10, postRequestedFor(urlEqualTo(PATH)));
    }

    @Test
    void oneAnswerIsEnoughForItToBeAskedAsUsualAgain() {
        http = http(server.baseUrl(), Duration.ofSeconds(5), Duration.ofMillis(20));
        server.stubFor(post(PATH).willReturn(aResponse().withStatus(500)));
        for (int i = 0; i < 5; i++) {
            assertUnknown();
        }
        CircuitBreaker breaker = breakers.circuitBreaker("mover");
        assertThat(breaker.getState()).isEqualTo(State.OPEN);

        server.stubFor(post(PATH).willReturn(aResponse().withStatus(201).withBody("{}")));
        await().ignoreExceptions().until(() -> move().done());

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void oneMoreFaultIsEnoughForItToBeSparedAgain() {
        http = http(server.baseUrl(), Duration.ofSeconds(5), Duration.ofMillis(20));
        server.stubFor(post(PATH).willReturn(aResponse().withStatus(500)));
        for (int i = 0; i < 5; i++) {
            assertUnknown();
        }
        await().untilAsserted(() -> {
            assertThatThrownBy(this::move).isInstanceOf(OutcomeUnknownException.class);
            server.verify(11, postRequestedFor(urlEqualTo(PATH)));
        });
        assertThat(breakers.circuitBreaker("mover").getState()).isEqualTo(State.OPEN);
    }

    /** It may have happened. */
    private void assertUnknown() {
        assertThatThrownBy(this::move).isInstanceOfSatisfying(OutcomeUnknownException.class,
                unknown -> assertThat(unknown.asked()).isTrue());
    }

    /** It cannot have happened. */
    private void assertNotAsked() {
        assertThatThrownBy(this::move).isInstanceOfSatisfying(OutcomeUnknownException.class,
                unknown -> assertThat(unknown.asked()).isFalse());
    }

    private Answer move() {
        return http.post(KEY, Map.of("to", "there"), "/things/{name}/moves", "a b");
    }

    private OutsideHttp http(String url, Duration readTimeout) {
        return http(url, readTimeout, Duration.ofSeconds(30));
    }

    private OutsideHttp http(String url, Duration readTimeout, Duration breakerOpen) {
        breakers = CircuitBreakerRegistry.ofDefaults();
        var limits = new OutsideHttp.Limits(
                Duration.ofSeconds(2),
                readTimeout,
                2,
                Duration.ofMillis(10),
                breakerOpen);
        return new OutsideHttp("mover", URI.create(url), limits, RestClient.builder(), breakers);
    }
}
