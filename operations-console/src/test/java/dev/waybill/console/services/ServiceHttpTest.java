package dev.waybill.console.services;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.waybill.console.services.Answer.Answered;
import dev.waybill.console.services.Answer.Refused;
import dev.waybill.console.services.Answer.Silent;
import dev.waybill.console.who.Who;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.RestClient;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a service does, the console gets an answer that it can show. */
class ServiceHttpTest {

    private static final WireMockServer SERVER = new WireMockServer(wireMockConfig().dynamicPort());

    private final UUID id = UUID.randomUUID();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void forget() {
        SERVER.resetAll();
    }

    private static Services services(URI url) {
        return new Services(new ServicesSettings(url, url, url, url, url, url, Duration.ofMillis(500),
                Duration.ofMillis(1_500), Duration.ofMillis(1_500)), RestClient.builder());
    }

    private static Services services() {
        return services(URI.create(SERVER.baseUrl()));
    }

    private static void says(ResponseDefinitionBuilder answer) {
        SERVER.stubFor(any(anyUrl()).willReturn(answer));
    }

    private Answer<OrderService.Order> order() {
        return new OrderService(services()).order(id);
    }

    @Test
    void whatIsKnownIsReadAndTheRestIsLetBe() {
        says(aResponse().withBody("""
                {"id": "%s", "number": "W-1", "status": "LOST_IN_SPACE", "lines": null, "version": null,
                 "total": {"amountMinor": 1999, "currency": "EUR", "rounded": false}, "invented": {"since": 2027}}
                """.formatted(id)));

        assertThat(order()).isInstanceOfSatisfying(Answered.class, answer -> {
            var order = (OrderService.Order) answer.value();
            assertThat(order.name()).isEqualTo("W-1");
            assertThat(order.status()).isEqualTo("LOST_IN_SPACE");
            assertThat(order.lines()).isEmpty();
            assertThat(new Money(1999, "EUR").words()).isEqualTo("19.99 EUR");
        });
    }

    @Test
    void aRefusalKeepsItsExplanation() {
        says(aResponse().withStatus(409).withBody(
                """
                        {"title": "This makes no sense", "detail": "The saga has finished", "errors": [{"detail": "Look again"}]}
                        """));

        assertThat(new SagaService(services()).retry(id, 4, new Who("ada"), "again"))
                .isEqualTo(new Refused<>("saga-orchestrator", 409, "This makes no sense",
                        "The saga has finished. Look again"));
    }

    @Test
    void aRefusalInAnotherFormIsARefusalAllTheSame() {
        says(aResponse().withStatus(403).withBody("<html>no"));

        assertThat(order()).isEqualTo(new Refused<>("order-service", 403, "Refused with 403", ""));
    }

    @Test
    void afterAFailureItIsNotKnownWhatWasDone() {
        says(aResponse().withStatus(503));
        assertThat(order()).isInstanceOfSatisfying(Silent.class, silent -> assertThat(silent.reached()).isTrue());

        says(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        assertThat(order()).isInstanceOfSatisfying(Silent.class, silent -> assertThat(silent.reached()).isTrue());

        says(aResponse().withBody("{\"id\": 7"));
        assertThat(order()).isInstanceOfSatisfying(Silent.class,
                silent -> assertThat(silent.words()).isEqualTo(
                        "order-service has answered in a way that cannot be understood"));

        says(aResponse().withBody("null"));
        assertThat(order()).isInstanceOf(Silent.class);
    }

    @Test
    void nobodyWaitsLongForAnAnswer() {
        says(aResponse().withFixedDelay(5_000).withBody("{}"));

        assertThat(order()).isEqualTo(new Silent<>("order-service", true, "has not answered in time"));
    }

    @Test
    void norForAnAnswerThatComesInPieces() {
        says(aResponse().withBody("{\"items\": []}").withChunkedDribbleDelay(10, 8_000));

        long began = System.nanoTime();
        assertThat(order()).isInstanceOf(Silent.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void moreThanCanBeHeldInMemoryIsNotRead() {
        says(aResponse().withBody("[\"" + "x".repeat(5_000_000) + "\"]"));

        assertThat(order()).isEqualTo(new Silent<>("order-service", true, "has answered more than can be read"));
    }

    @Test
    void whatIsNotThereHasDoneNothing() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        assertThat(
                new SagaService(services(URI.create("http://localhost:" + free))).skip(id, 4, new Who("ada"), "done"))
                .isEqualTo(new Silent<>("saga-orchestrator", false, "cannot be reached"));
    }

    @Test
    void whoActsAndWhyAndWhatTheySawIsSentAlong() {
        says(aResponse().withStatus(202).withBody("{\"id\": \"%s\"}".formatted(id)));

        new SagaService(services()).resolve(id, 4, new Who("ada"), "COMPLETED", "say \"done\"");

        SERVER.verify(postRequestedFor(urlPathEqualTo("/sagas/%s/resolve".formatted(id)))
                .withHeader("X-Operator", equalTo("ada")).withHeader("If-Match", equalTo("\"4\""))
                .withRequestBody(equalToJson("{\"outcome\": \"COMPLETED\", \"reason\": \"say \\\"done\\\"\"}")));
    }

    @Test
    void whatIsTypedCannotBecomeAnotherQuestion() {
        says(aResponse().withBody("{\"items\": []}"));

        new OrderService(services()).search(new OrderService.Wanted("a&limit=1 {x}+%", "", "", null, null), null);

        SERVER.verify(getRequestedFor(urlPathEqualTo("/orders")).withQueryParam("q", equalTo("a&limit=1 {x}+%"))
                .withoutQueryParam("limit").withoutQueryParam("status").withoutQueryParam("cursor"));
    }
}
