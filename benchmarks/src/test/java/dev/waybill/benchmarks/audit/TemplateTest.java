package dev.waybill.benchmarks.audit;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class TemplateTest {

    private static final String ORDER = "01a1febe-4dbb-7bff-9296-5e2a95dc09ce";

    @Test
    void theOriginalIsTheFirst() {
        String text = "{\"orderId\":\"" + ORDER + "\",\"number\":\"W-100042\",\"paid\":"
                + "\"pay_288769a3e2ff479392d46a677dcf40ef\",\"sent\":\"SP53EF1BB8DA304254\"}";
        assertThat(Template.of(text, 500).copy(0)).isEqualTo(text);
    }

    @Test
    void anIdBecomesTheSameOneWhereverItStands() {
        String alone = Template.of(ORDER, 500).copy(7);
        assertThat(alone).startsWith("01a1febe-4dbb-7bff-9296-").hasSize(36).isNotEqualTo(ORDER);
        assertThat(Template.of("order/" + ORDER + "!", 500).copy(7)).isEqualTo("order/" + alone + "!");
    }

    @Test
    void everyCopyHasAnotherId() {
        var order = Template.of(ORDER, 500);
        assertThat(IntStream.range(0, 10_000).mapToObj(order::copy)).doesNotHaveDuplicates();
    }

    @Test
    void referencesOfGatewayAndCarrierKeepTheirForm() {
        assertThat(Template.of("pay_288769a3e2ff479392d46a677dcf40ef SP53EF1BB8DA304254", 500).copy(3))
                .matches("pay_288769a3e2ff479392d4[0-9a-f]{12} SP53EF[0-9A-F]{12}").doesNotContain("1BB8DA304254");
    }

    @Test
    void numbersGoOnFromCopyToCopy() {
        assertThat(Template.of("<<17+400>>\tW-100042\t<<900+-3>>\t5", 500).copy(2)).isEqualTo("817\tW-101042\t894\t5");
    }
}
