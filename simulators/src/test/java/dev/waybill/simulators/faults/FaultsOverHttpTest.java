package dev.waybill.simulators.faults;

import dev.waybill.simulators.RunningSimulators;
import dev.waybill.simulators.RunningSimulators.Answer;
import dev.waybill.simulators.SharedSimulators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class FaultsOverHttpTest extends SharedSimulators {

    private static void fault(String target, String mode) {
        assertThat(SIMULATORS.put("/faults/" + target, "{\"mode\": \"%s\", \"rate\": 1}".formatted(mode)).status())
                .isEqualTo(200);
    }

    @Test
    void errorDoesNothingAndIsNoDefiniteAnswer() {
        fault("gateway", "ERROR");
        fault("carrier", "ERROR");
        String key = key();

        assertThat(SIMULATORS.authorize(key, orderId, "pm_card_visa").status()).isEqualTo(500);
        assertThat(SIMULATORS.book(key, orderId, "DE").status()).isEqualTo(500);
        switchOff();

        assertThat(SIMULATORS.charges(orderId)).isEmpty();
        assertThat(SIMULATORS.history(orderId)).isEmpty();
        assertThat(SIMULATORS.authorize(key, orderId, "pm_card_visa").status()).isEqualTo(201);
        assertThat(SIMULATORS.book(key, orderId, "DE").status()).isEqualTo(201);
    }

    @Test
    void declineIsRememberedAfterTheFaultIsGone() {
        fault("gateway", "DECLINE");
        fault("carrier", "DECLINE");
        String key = key();

        assertThat(SIMULATORS.authorize(key, orderId, "pm_card_visa").at("/code")).isEqualTo("CARD_DECLINED");
        assertThat(SIMULATORS.book(key, orderId, "DE").at("/code")).isEqualTo("ADDRESS_NOT_SERVED");
        switchOff();

        assertThat(SIMULATORS.authorize(key, orderId, "pm_card_visa").status()).isEqualTo(402);
        assertThat(SIMULATORS.book(key, orderId, "DE").status()).isEqualTo(422);
        assertThat(SIMULATORS.authorize(key(), orderId, "pm_card_visa").status()).isEqualTo(201);
    }

    @Test
    void declineSparesCapturesAndVoids() {
        String reference = SIMULATORS.authorize(key(), orderId, "pm_card_visa").at("/reference");
        fault("gateway", "DECLINE");

        assertThat(SIMULATORS.charge(key(), reference, "captures").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"'', 400", "',\"delayMs\": 150', 150"})
    void slowAnswersLate(String delay, long atLeastMs) {
        SIMULATORS.put("/faults/gateway", "{\"mode\": \"SLOW\"%s}".formatted(delay));

        Answer slow = SIMULATORS.authorize(key(), orderId, "pm_card_visa");

        assertThat(slow.status()).isEqualTo(201);
        assertThat(slow.took()).isGreaterThanOrEqualTo(Duration.ofMillis(atLeastMs));
        assertThat(SIMULATORS.charges(orderId)).containsExactly("AUTHORIZE");
    }

    @Test
    void timeoutAfterTheEffectIsToldByTheRepetition() {
        fault("gateway", "TIMEOUT_AFTER_EFFECT");
        fault("carrier", "TIMEOUT_AFTER_EFFECT");
        String key = key();

        Answer silent = SIMULATORS.authorize(key, orderId, "pm_card_visa");
        Answer silentCarrier = SIMULATORS.book(key, orderId, "DE");

        assertThat(silent.status()).isEqualTo(504);
        assertThat(silent.took()).isGreaterThanOrEqualTo(RunningSimulators.HANG);
        assertThat(silentCarrier.status()).isEqualTo(504);
        assertThat(SIMULATORS.charges(orderId)).containsExactly("AUTHORIZE");
        assertThat(SIMULATORS.history(orderId)).containsExactly("BOOKED");

        Answer repeated = SIMULATORS.authorize(key, orderId, "pm_card_visa");
        assertThat(repeated.status()).as("with the fault still on").isEqualTo(201);
        assertThat(repeated.took()).isLessThan(RunningSimulators.HANG);
        assertThat(SIMULATORS.book(key, orderId, "DE").status()).isEqualTo(201);
        assertThat(SIMULATORS.charges(orderId)).containsExactly("AUTHORIZE");
    }

    @Test
    void timeoutBeforeTheEffectHasNone() {
        SIMULATORS.put("/faults/gateway", "{\"mode\": \"TIMEOUT_BEFORE_EFFECT\", \"delayMs\": 200}");
        String key = key();

        Answer silent = SIMULATORS.authorize(key, orderId, "pm_card_visa");

        assertThat(silent.status()).isEqualTo(504);
        assertThat(silent.took()).isBetween(Duration.ofMillis(200), RunningSimulators.HANG);
        assertThat(SIMULATORS.charges(orderId)).isEmpty();
        switchOff();
        assertThat(SIMULATORS.authorize(key, orderId, "pm_card_visa").status()).isEqualTo(201);
    }

    @Test
    void carrierThatRefusesToCancelKeepsTheParcel() {
        String trackingNumber = SIMULATORS.book(key(), orderId, "DE").at("/trackingNumber");
        fault("carrier", "REFUSE_CANCEL");

        Answer refused = SIMULATORS.ship(key(), trackingNumber, "cancellation");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/code")).isEqualTo("ALREADY_HANDED_OVER");
        assertThat(SIMULATORS.ship(key(), trackingNumber, "dispatch").status()).isEqualTo(201);
    }

    @Test
    void hangingRequestsHoldNobodyUp() throws Exception {
        String reference = SIMULATORS.authorize(key(), orderId, "pm_card_visa").at("/reference");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var hanging = IntStream.range(0, 100).mapToObj(
                    i -> threads.submit(() -> SIMULATORS.authorize(key(), orderId, "pm_card_unknown_outcome")))
                    .toList();

            Answer captured = SIMULATORS.charge(key(), reference, "captures");

            assertThat(captured.status()).isEqualTo(201);
            assertThat(captured.took()).isLessThan(RunningSimulators.HANG);
            for (var answer : hanging) {
                assertThat(answer.get().status()).isEqualTo(504);
            }
        }
    }

    @Test
    void rateStrikesTheSameRequestsAgain() {
        List<Integer> first = statusesAtRateHalf();
        List<Integer> second = statusesAtRateHalf();

        assertThat(first).contains(201, 500);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void rateZeroNeverStrikesAndWhatStruckIsCounted() {
        SIMULATORS.put("/faults/gateway", "{\"mode\": \"ERROR\", \"rate\": 0}");
        assertThat(SIMULATORS.authorize(key(), orderId, "pm_card_visa").status()).isEqualTo(201);
        assertThat(SIMULATORS.get("/faults/gateway").at("/struck")).isEqualTo("0");

        fault("gateway", "ERROR");
        SIMULATORS.authorize(key(), orderId, "pm_card_visa");
        assertThat(SIMULATORS.get("/faults/gateway").at("/struck")).isEqualTo("1");
    }

    @Test
    void faultIsShownAndSwitchedOff() {
        Answer put = SIMULATORS.put("/faults/carrier", "{\"mode\": \"SLOW\", \"rate\": 0.5, \"delayMs\": 70}");

        assertThat(put.at("/target")).isEqualTo("carrier");
        assertThat(SIMULATORS.get("/faults/carrier").text()).isEqualTo(put.text());
        assertThat(SIMULATORS.get("/faults").items()).hasSize(1);
        assertThat(SIMULATORS.delete("/faults/carrier").status()).isEqualTo(204);
        assertThat(SIMULATORS.get("/faults/carrier").status()).isEqualTo(404);
        assertThat(SIMULATORS.delete("/faults/carrier").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"mode\": null}", "{\"mode\": \"EXPLODE\"}", "{\"mode\": 1}",
            "{\"mode\": \"ERROR\", \"rate\": 1.1}", "{\"mode\": \"ERROR\", \"rate\": -0.1}",
            "{\"mode\": \"ERROR\", \"rate\": \"1\"}", "{\"mode\": \"SLOW\", \"delayMs\": -1}",
            "{\"mode\": \"SLOW\", \"delayMs\": 600001}", "{\"mode\": \"SLOW\", \"delayMs\": 1.5}",
            "{\"mode\": \"SLOW\", \"delay\": 1}", "[]", "nonsense"})
    void badFaultIsRefused(String body) {
        Answer refused = SIMULATORS.put("/faults/gateway", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.contentType()).isEqualTo("application/problem+json");
        assertThat(SIMULATORS.get("/faults/gateway").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"gateway, REFUSE_CANCEL", "smtp, REFUSE_CANCEL", "smtp, NO_WEBHOOK",
            "smtp, DOUBLE_WEBHOOK"})
    void faultThatMakesNoSenseIsRefusedWithASentence(String target, String mode) {
        Answer refused = SIMULATORS.put("/faults/" + target, "{\"mode\": \"%s\"}".formatted(mode));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/code")).isEqualTo("FAULT_DOES_NOT_APPLY");
        assertThat(refused.at("/detail")).isNotBlank();
    }

    @Test
    void unknownTargetIsNotFound() {
        assertThat(SIMULATORS.put("/faults/weather", "{\"mode\": \"ERROR\"}").status()).isEqualTo(404);
    }

    private List<Integer> statusesAtRateHalf() {
        SIMULATORS.put("/faults/gateway", "{\"mode\": \"ERROR\", \"rate\": 0.5}");
        return IntStream.range(0, 24)
                .mapToObj(i -> SIMULATORS.authorize(key(), orderId, "pm_card_visa").status()).toList();
    }

    private static void switchOff() {
        SIMULATORS.delete("/faults/gateway");
        SIMULATORS.delete("/faults/carrier");
    }
}
