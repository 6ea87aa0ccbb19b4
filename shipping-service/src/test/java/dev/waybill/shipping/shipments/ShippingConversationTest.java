package dev.waybill.shipping.shipments;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.waybill.events.Address;
import dev.waybill.events.Command;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.SagaId;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import dev.waybill.events.ShippingEvent;
import dev.waybill.events.ShippingEvent.CancellationRefused;
import dev.waybill.events.ShippingEvent.ShipmentBooked;
import dev.waybill.events.ShippingEvent.ShipmentCancelled;
import dev.waybill.events.ShippingEvent.ShipmentDispatched;
import dev.waybill.events.ShippingEvent.ShipmentRefusal;
import dev.waybill.events.ShippingEvent.ShipmentRefused;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageJson;
import dev.waybill.messaging.Outbox;
import dev.waybill.testing.Contracts;
import dev.waybill.testing.RealServers;
import dev.waybill.testing.SetBack;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Commands in over a real Kafka, events out into a real outbox, and a carrier that answers over HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = RealServers.class)
class ShippingConversationTest {

    private static final WireMockServer CARRIER = started();

    private final OrderId order = new OrderId(Ids.next());
    private final SagaId saga = new SagaId(Ids.next());
    private final Sender sender = new Sender();

    @Autowired
    private Outbox outbox;
    @Autowired
    private TransactionTemplate transaction;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private ApplicationContext service;
    @LocalServerPort
    private int port;

    private static final class Sender implements Aggregate {

        private final EventCounter events = new EventCounter();

        @Override
        public String subject() {
            return "saga/test";
        }

        @Override
        public EventCounter events() {
            return events;
        }
    }

    private static WireMockServer started() {
        var server = new WireMockServer(wireMockConfig().dynamicPort().templatingEnabled(true).globalTemplating(true));
        server.start();
        return server;
    }

    @DynamicPropertySource
    static void carrier(DynamicPropertyRegistry properties) {
        properties.add("waybill.carrier.url", CARRIER::baseUrl);
        properties.add("waybill.carrier.limits.read-timeout", () -> "500ms");
    }

    @AfterAll
    static void stopCarrier() {
        CARRIER.stop();
    }

    @BeforeEach
    void carrierSaysYes() {
        CARRIER.resetAll();
        CARRIER.stubFor(post("/carrier/shipments").atPriority(9).willReturn(json(201,
                """
                        {"trackingNumber": "T-{{jsonPath request.body '$.orderId'}}", "carrier": "DHL", "status": "BOOKED"}""")));
        CARRIER.stubFor(post(urlMatching("/carrier/shipments/.*/dispatch")).atPriority(9)
                .willReturn(json(201, "{\"labelUrl\": \"http://labels/1\"}")));
        CARRIER.stubFor(post(urlMatching("/carrier/shipments/.*/cancellation")).atPriority(9)
                .willReturn(json(201, "{\"status\": \"CANCELLED\"}")));
    }

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
        List<String> keys = CARRIER.findAll(postRequestedFor(urlEqualTo("/carrier/shipments"))).stream()
                .map(request -> request.getHeader("Idempotency-Key")).distinct().toList();
        assertThat(keys).hasSize(1);
        CARRIER.verify(1,
                postRequestedFor(urlEqualTo("/carrier/shipments/%s/cancellation".formatted(trackingNumber()))));
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

    private BookShipment book() {
        return new BookShipment(
                order,
                new Address("Alice Doe", "1 Main St", null, "Berlin", "10115", "DE"),
                List.of(new StockLine(new Sku("ESPRESSO-01"), new Quantity(2))));
    }

    private Map<String, @Nullable Object> booking() {
        return jdbc.sql("select booking from shipment where order_id = ?").param(order.value()).query().singleRow();
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

    private MessageId send(Command<?> command) {
        MessageId id = Ids.nextMessageId();
        transaction.executeWithoutResult(status -> outbox.send(sender, saga, id, command));
        return id;
    }

    private ShippingEvent answerTo(MessageId command) {
        var answers = await().atMost(Duration.ofSeconds(20))
                .until(() -> jdbc.sql("select type, payload from outbox where causation_id = ?").param(command.value())
                        .query((row, number) -> read(row.getString("type"), row.getString("payload"))).list(),
                        found -> !found.isEmpty());
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private static ShippingEvent read(String type, String payload) {
        Contracts.assertValid(type, payload);
        return (ShippingEvent) MessageJson
                .read(payload.getBytes(StandardCharsets.UTF_8), MessageTypes.find(type).orElseThrow());
    }

    private long openCalls() {
        return jdbc.sql("select count(*) from outside_call where order_id = ?").param(order.value()).query(Long.class)
                .single();
    }

    private JsonNode view() {
        JsonNode body = RestClient.create("http://localhost:" + port).get().uri("/shipments/" + order).retrieve()
                .body(JsonNode.class);
        assertThat(body).isNotNull();
        return body;
    }

    private String trackingNumber() {
        return "T-" + order;
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/json").withBody(body);
    }

    private static ResponseDefinitionBuilder problem(int status, String code) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/problem+json")
                .withBody("{\"title\": \"no\", \"status\": %d, \"code\": \"%s\"}".formatted(status, code));
    }
}
