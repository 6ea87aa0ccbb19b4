package dev.waybill.benchmarks.floor;

import dev.waybill.benchmarks.floor.SagaRow.Step;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The bare program says what the platform says: the same commands after the same events, byte for byte. */
class SagaRowTest {

    private static final String ORDER = "01a1fdf4-94c8-7f06-adfe-a95d69b90b25";
    private static final String PLACED = """
            {"orderId":"01a1fdf4-94c8-7f06-adfe-a95d69b90b25","number":"W-100002","customerId":"alice",\
            "lines":[{"sku":"KETTLE-03","quantity":2,"unitPrice":{"amountMinor":7950,"currency":"EUR"}}],\
            "total":{"amountMinor":15900,"currency":"EUR"},"paymentMethod":"pm_card_visa",\
            "shippingAddress":{"name":"Alice Doe","line1":"1 Main St","city":"Berlin","postalCode":"10115","country":"DE"}}""";

    private final Rows journal = new Rows("uuid", "integer", "timestamptz", "text", "text", "text", "uuid");
    private final SagaRow saga = SagaRow.start(event("order.placed", null, PLACED));

    private static Heard event(String type, @Nullable UUID cause, String payload) {
        return new Heard(UUID.randomUUID(), "dev.waybill." + type + ".v1", ORDER, cause, null, 1, null, payload);
    }

    private List<Said> hear(String type, @Nullable UUID cause) {
        Heard event = event(type, cause, PLACED);
        saga.hear(event, journal);
        return new ArrayList<>(
                Step.after(event.kind()).stream().map(step -> saga.command(step, event, journal)).toList());
    }

    private static UUID idOf(Said said) {
        return said.envelope().id().value();
    }

    @Test
    void theCommandsCarryWhatThePlatformsCarry() {
        Said reserve = hear("order.placed", null).getFirst();
        Said authorize = hear("inventory.stock-reserved", idOf(reserve)).getFirst();
        Said book = hear("payment.authorized", idOf(authorize)).getFirst();

        assertThat(reserve.topic()).isEqualTo("inventory.commands");
        assertThat(reserve.payload())
                .isEqualTo("{\"orderId\":\"" + ORDER + "\",\"lines\":[{\"sku\":\"KETTLE-03\",\"quantity\":2}]}");
        assertThat(authorize.payload()).isEqualTo("{\"orderId\":\"" + ORDER
                + "\",\"amount\":{\"amountMinor\":15900,\"currency\":\"EUR\"},\"paymentMethod\":\"pm_card_visa\"}");
        assertThat(book.payload()).isEqualTo("{\"orderId\":\"" + ORDER
                + "\",\"shippingAddress\":{\"name\":\"Alice Doe\",\"line1\":\"1 Main St\",\"city\":\"Berlin\",\"postalCode\":\"10115\",\"country\":\"DE\"},\"lines\":[{\"sku\":\"KETTLE-03\",\"quantity\":2}]}");
    }

    @Test
    void theSagaEndsWithTheLastOfThreeAnswersInWhicheverOrderTheyCome() {
        UUID reserve = idOf(hear("order.placed", null).getFirst());
        UUID authorize = idOf(hear("inventory.stock-reserved", reserve).getFirst());
        UUID book = idOf(hear("payment.authorized", authorize).getFirst());
        UUID capture = idOf(hear("shipping.shipment-booked", book).getFirst());
        List<Said> last = hear("payment.captured", capture);

        assertThat(last).extracting(Said::topic)
                .containsExactly("inventory.commands", "shipping.commands", "order.commands");
        hear("order.confirmed", idOf(last.get(2)));
        hear("inventory.stock-committed", idOf(last.get(0)));
        assertThat(saga.isCompleted()).isFalse();
        hear("shipping.shipment-dispatched", idOf(last.get(1)));
        assertThat(saga.isCompleted()).isTrue();
        assertThat(saga.journalSize()).isEqualTo(16);
        assertThat(saga.data()).contains("erased").doesNotContain("Alice Doe");
        assertThat(saga.calls()).doesNotContain("IN_FLIGHT");
    }
}
