package dev.waybill.events;

import dev.waybill.events.Envelope.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EnvelopeTest {

    private static final Envelope FULL = new Envelope(
            MessageId.parse("0199f3a1-6c3e-7d52-9b1a-5f0c2e8d4a10"),
            "/payment-service",
            "dev.waybill.payment.captured.v1",
            "payment/0199f3a1-7b04-7a6c-8e25-c4d9017f3b62",
            Instant.parse("2026-11-21T14:00:00.123456Z"),
            "0199f3a1-7b04-7a6c-8e25-c4d9017f3b62",
            3L,
            17,
            "0199f3a1-7b04-7a6c-8e25-c4d9017f3b62",
            MessageId.parse("0199f3a2-0d18-7f31-a7c4-2b6e95d0183c"),
            SagaId.parse("0199f3a2-1111-7f31-a7c4-2b6e95d0183c"),
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            new OrderNumber("W-100042"));

    private static final Envelope LEAN = new Envelope(
            FULL.id(),
            "/saga-orchestrator",
            "dev.waybill.payment.capture.v1",
            FULL.subject(),
            FULL.time(),
            FULL.partitionKey(),
            null,
            1,
            FULL.correlationId(),
            null,
            null,
            null);

    @Test
    void isReadBackFromItsHeaders() {
        assertThat(Envelope.fromHeaders(FULL.toHeaders()::get)).isEqualTo(FULL);
        assertThat(Envelope.fromHeaders(LEAN.toHeaders()::get)).isEqualTo(LEAN);
    }

    @Test
    void isCarriedAsCloudEventsHeaders() {
        assertThat(FULL.toHeaders()).containsOnly(
                Map.entry("ce_specversion", "1.0"),
                Map.entry("ce_id", "0199f3a1-6c3e-7d52-9b1a-5f0c2e8d4a10"),
                Map.entry("ce_source", "/payment-service"),
                Map.entry("ce_type", "dev.waybill.payment.captured.v1"),
                Map.entry("ce_subject", "payment/0199f3a1-7b04-7a6c-8e25-c4d9017f3b62"),
                Map.entry("ce_time", "2026-11-21T14:00:00.123456Z"),
                Map.entry("ce_dataschema", "contracts/payment/captured/v1.schema.json"),
                Map.entry("content-type", "application/json"),
                Map.entry("ce_partitionkey", "0199f3a1-7b04-7a6c-8e25-c4d9017f3b62"),
                Map.entry("ce_sequence", "3"),
                Map.entry("ce_logicaltime", "17"),
                Map.entry("ce_correlationid", "0199f3a1-7b04-7a6c-8e25-c4d9017f3b62"),
                Map.entry("ce_causationid", "0199f3a2-0d18-7f31-a7c4-2b6e95d0183c"),
                Map.entry("ce_sagaid", "0199f3a2-1111-7f31-a7c4-2b6e95d0183c"),
                Map.entry("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                Map.entry("ce_ordernumber", "W-100042"));
    }

    @Test
    void whatIsNotThereHasNoHeader() {
        assertThat(LEAN.toHeaders())
                .doesNotContainKeys(Header.SEQUENCE, Header.CAUSATION_ID, Header.SAGA_ID, Header.TRACEPARENT,
                        Header.ORDER_NUMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = {Header.ID, Header.SOURCE, Header.TYPE, Header.SUBJECT, Header.TIME, Header.PARTITION_KEY,
            Header.LOGICAL_TIME, Header.CORRELATION_ID})
    void aMissingHeaderIsNamed(String header) {
        Map<String, String> headers = new HashMap<>(FULL.toHeaders());
        headers.remove(header);

        assertThatIllegalArgumentException().isThrownBy(() -> Envelope.fromHeaders(headers::get))
                .withMessage("The header " + header + " is missing");
    }

    @ParameterizedTest
    @CsvSource({"ce_id,W-100042", "ce_time,yesterday", "ce_sequence,third", "ce_sequence,3.5", "ce_logicaltime,late",
            "ce_causationid,nobody", "ce_sagaid,none"})
    void aGarbledHeaderIsNamedWithWhatItSaid(String header, String value) {
        Map<String, String> headers = new HashMap<>(FULL.toHeaders());
        headers.put(header, value);

        assertThatIllegalArgumentException().isThrownBy(() -> Envelope.fromHeaders(headers::get))
                .withMessage("The header %s cannot be read: %s".formatted(header, value));
    }

    /** It is for people: a message is not refused for it, and nobody passes it on. */
    @ParameterizedTest
    @ValueSource(strings = {"", "W-1\nINFO all is well", "W-100042 and more than anybody calls an order"})
    void anOrderNumberThatIsNoneIsLeftOut(String value) {
        Map<String, String> headers = new HashMap<>(FULL.toHeaders());
        headers.put(Header.ORDER_NUMBER, value);

        assertThat(Envelope.fromHeaders(headers::get).orderNumber()).isNull();
    }

    @Test
    void headersThatAreNotKnownDoNotDisturb() {
        Map<String, String> headers = new HashMap<>(FULL.toHeaders());
        headers.put("ce_addedlater", "1");

        assertThat(Envelope.fromHeaders(headers::get)).isEqualTo(FULL);
    }

    @Test
    void theSchemaFollowsFromTheType() {
        assertThat(Envelope.schemaOf("dev.waybill.inventory.stock-reserved.v2"))
                .isEqualTo("contracts/inventory/stock-reserved/v2.schema.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "captured", "dev.waybill.payment.captured", "dev.waybill.payment.captured.v1.extra"})
    void aTypeOfAnotherFormHasNoSchema(String type) {
        assertThatIllegalArgumentException().isThrownBy(() -> Envelope.schemaOf(type));
    }
}
