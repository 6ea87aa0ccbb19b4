package dev.waybill.shipping.shipments;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.waybill.events.Address;
import dev.waybill.events.MessageId;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import dev.waybill.events.ShippingEvent.ShipmentBooked;
import dev.waybill.messaging.MessageJson;
import dev.waybill.testing.RawMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import java.util.stream.Stream;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whatever happens to an order's shipment, no line of the log says where it goes. */
@ExtendWith(OutputCaptureExtension.class)
class AddressesInLogsTest extends ShippingFixture {

    private static final String[] PERSONAL = {"Alice", "Main St", "Berlin", "10115"};
    private static final String ECHO = """
            {"code": "ODD", "detail": "Alice Doe, 1 Main St, 10115 Berlin: who is that?"}""";

    static Stream<ResponseDefinitionBuilder> troubles() {
        return Stream.of(json(500, ECHO), json(400, ECHO), json(201, ECHO),
                aResponse().withStatus(200).withBody("Alice Doe, 1 Main St, and no JSON"),
                aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void notWhenTheCarrierRepeatsItInAnAnswerThatIsNone(ResponseDefinitionBuilder trouble, CapturedOutput log) {
        StubMapping inTrouble = CARRIER.stubFor(post("/carrier/shipments").willReturn(trouble));
        MessageId booking = send(book());
        await().untilAsserted(() -> assertThat(log).contains("for order %s has no definite".formatted(order)));
        CARRIER.removeStub(inTrouble);
        assertThat(answerTo(booking)).isInstanceOf(ShipmentBooked.class);
        answerTo(send(new DispatchShipment(order)));
        answerTo(send(new CancelShipment(order)));
        assertThat(log).doesNotContain(PERSONAL);
    }

    @Test
    void notWhenABookingIsParkedAsItContradictsTheFirst(CapturedOutput log) {
        StubMapping inTrouble = CARRIER.stubFor(post("/carrier/shipments").willReturn(json(500, ECHO)));
        MessageId booking = send(book());
        await().until(() -> openCalls() == 1);
        send(new BookShipment(
                order, new Address("Alice Doe", "2 Main St", null, "Berlin", "10115", "DE"), book().lines()));
        await().untilAsserted(() -> assertThat(parked()).isEqualTo(1));
        CARRIER.removeStub(inTrouble);
        answerTo(booking);
        assertThat(log).contains("other contents or another address").doesNotContain(PERSONAL);
    }

    /** One that does not bind is parked, and why is logged. */
    @ParameterizedTest
    @ValueSource(strings = {"\"country\":\"Berlin\"", "\"country\":{\"name\":\"Alice Doe\"}"})
    void notWhenABookingCannotBeRead(String country, CapturedOutput log) {
        RawMessages.send("shipping.commands", order, BookShipment.class,
                MessageJson.write(book()).replace("\"country\":\"DE\"", country));
        await().untilAsserted(() -> assertThat(parked()).isEqualTo(1));
        assertThat(log).doesNotContain(PERSONAL);
    }

    private long parked() {
        return jdbc.sql("select count(*) from parked_message where message_key = ?").param(order.toString())
                .query(Long.class).single();
    }
}
