package dev.waybill.simulators.gateway;

import dev.waybill.simulators.RunningSimulators;
import dev.waybill.simulators.RunningSimulators.Answer;
import dev.waybill.simulators.SharedSimulators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class GatewayOverHttpTest extends SharedSimulators {

    @Test
    void authorizedAndCapturedStandsInTheBooksWithItsKeys() {
        Answer authorized = SIMULATORS.authorize("auth-" + orderId, orderId, "pm_card_visa");
        String reference = authorized.at("/reference");
        Answer captured = SIMULATORS.charge("capture-" + orderId, reference, "captures");

        assertThat(authorized.status()).isEqualTo(201);
        assertThat(authorized.at("/status")).isEqualTo("AUTHORIZED");
        assertThat(captured.status()).isEqualTo(201);
        assertThat(captured.at("/reference")).isEqualTo(reference);
        assertThat(captured.at("/status")).isEqualTo("CAPTURED");

        List<JsonNode> books = SIMULATORS.get("/gateway/charges?orderId=" + orderId).items();
        assertThat(books).hasSize(2).allSatisfy(charge -> {
            assertThat(charge.propertyNames())
                    .containsExactly("reference", "orderId", "idempotencyKey", "kind", "amount", "at");
            assertThat(charge.at("/reference").asString()).isEqualTo(reference);
            assertThat(charge.at("/orderId").asString()).isEqualTo(orderId);
            assertThat(charge.at("/amount/amountMinor").asLong()).isEqualTo(12999);
            assertThat(charge.at("/amount/currency").asString()).isEqualTo("EUR");
            assertThat(Instant.parse(charge.at("/at").asString())).isBeforeOrEqualTo(Instant.now());
        });
        assertThat(books).extracting(charge -> charge.at("/idempotencyKey").asString())
                .containsExactly("auth-" + orderId, "capture-" + orderId);
        assertThat(SIMULATORS.get("/gateway/charges").items()).containsAll(books);
    }

    @Test
    void capturedIsNotVoidedButRefunded() {
        String reference = SIMULATORS.authorize(key(), orderId, "pm_card_visa").at("/reference");
        SIMULATORS.charge(key(), reference, "captures");

        Answer voided = SIMULATORS.charge(key(), reference, "voids");
        Answer refunded = SIMULATORS.charge(key(), reference, "refunds");
        Answer refundedAgain = SIMULATORS.charge(key(), reference, "refunds");

        assertThat(voided.status()).isEqualTo(409);
        assertThat(voided.at("/code")).isEqualTo("ALREADY_CAPTURED");
        assertThat(refunded.status()).isEqualTo(201);
        assertThat(refunded.at("/status")).isEqualTo("REFUNDED");
        assertThat(refundedAgain.status()).isEqualTo(409);
        assertThat(SIMULATORS.charges(orderId)).containsExactly("AUTHORIZE", "CAPTURE", "REFUND");
    }

    @Test
    void voidedTwiceIsAnsweredTwiceAndDoneOnce() {
        String reference = SIMULATORS.authorize(key(), orderId, "pm_card_visa").at("/reference");

        Answer first = SIMULATORS.charge(key(), reference, "voids");
        Answer second = SIMULATORS.charge(key(), reference, "voids");

        assertThat(List.of(first.status(), second.status())).containsOnly(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(SIMULATORS.charges(orderId)).containsExactly("AUTHORIZE", "VOID");
    }

    @ParameterizedTest
    @CsvSource({"pm_card_declined, CARD_DECLINED", "pm_card_insufficient_funds, INSUFFICIENT_FUNDS",
            "pm_unheard_of, CARD_DECLINED"})
    void declinedCardIsAProblemAndStaysOne(String paymentMethod, String code) {
        String key = key();
        Answer first = SIMULATORS.authorize(key, orderId, paymentMethod);
        Answer second = SIMULATORS.authorize(key, orderId, paymentMethod);

        assertThat(first.status()).isEqualTo(402);
        assertThat(first.contentType()).isEqualTo("application/problem+json");
        assertThat(first.at("/code")).isEqualTo(code);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(SIMULATORS.charges(orderId)).isEmpty();
    }

    @Test
    void slowCardIsAnsweredLateAndItsRepetitionAtOnce() {
        String key = key();
        Answer slow = SIMULATORS.authorize(key, orderId, "pm_card_slow");
        Answer repeated = SIMULATORS.authorize(key, orderId, "pm_card_slow");

        assertThat(slow.status()).isEqualTo(201);
        assertThat(slow.took()).isGreaterThanOrEqualTo(RunningSimulators.SLOW);
        assertThat(repeated.text()).isEqualTo(slow.text());
        assertThat(repeated.took()).isLessThan(RunningSimulators.SLOW);
        assertThat(SIMULATORS.charges(orderId)).containsExactly("AUTHORIZE");
    }

    @Test
    void slowCardIsNotChargedBeforeItWasThoughtAbout() {
        Instant asked = Instant.now();
        SIMULATORS.authorize(key(), orderId, "pm_card_slow");

        assertThat(chargedAt()).isAfterOrEqualTo(asked.plus(RunningSimulators.SLOW).minusMillis(1));
    }

    @Test
    void silentCardIsChargedAndOnlyItsRepetitionTells() {
        String key = key();
        Answer silent = SIMULATORS.authorize(key, orderId, "pm_card_unknown_outcome");
        Answer repeated = SIMULATORS.authorize(key, orderId, "pm_card_unknown_outcome");

        assertThat(silent.status()).isEqualTo(504);
        assertThat(silent.took()).isGreaterThanOrEqualTo(RunningSimulators.HANG);
        assertThat(repeated.status()).isEqualTo(201);
        assertThat(repeated.at("/status")).isEqualTo("AUTHORIZED");
        assertThat(repeated.took()).isLessThan(RunningSimulators.HANG);
        assertThat(SIMULATORS.charges(orderId)).containsExactly("AUTHORIZE");
    }

    @Test
    void silenceIsKeptWhoeverAsks() throws Exception {
        String key = key();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> first = threads.submit(() -> SIMULATORS.authorize(key, orderId, "pm_card_unknown_outcome"));
            await().until(() -> !SIMULATORS.charges(orderId).isEmpty());
            Answer repeated = SIMULATORS.authorize(key, orderId, "pm_card_unknown_outcome");
            Instant told = Instant.now();

            assertThat(repeated.status()).isEqualTo(201);
            assertThat(told).isAfterOrEqualTo(chargedAt().plus(RunningSimulators.SILENCE));
            assertThat(first.get().status()).isEqualTo(504);
        }
    }

    @Test
    void sameKeyAtOnceIsOneChargeAndOneAnswer() throws Exception {
        String key = key();
        Callable<Answer> call = () -> SIMULATORS.authorize(key, orderId, "pm_card_visa");
        List<String> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(IntStream.range(0, 32).mapToObj(i -> call).toList())) {
                answers.add(answer.get().text());
            }
        }
        assertThat(answers).hasSize(32).containsOnly(answers.getFirst());
        assertThat(answers.getFirst()).contains("AUTHORIZED");
        assertThat(SIMULATORS.charges(orderId)).containsExactly("AUTHORIZE");
    }

    @Test
    void keyIsReusedOnlyForTheSameRequest() {
        String key = key();
        SIMULATORS.authorize(key, orderId, "pm_card_visa");

        Answer other = SIMULATORS.authorize(key, orderId, "pm_card_slow");

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.at("/code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(SIMULATORS.charges(orderId)).containsExactly("AUTHORIZE");
    }

    @Test
    void sameRequestMayBeWrittenDifferently() {
        String key = key();
        Answer first = SIMULATORS.authorize(key, orderId, "pm_card_visa");

        Answer second = SIMULATORS.post("/gateway/authorizations", key, """
                {"paymentMethod":"pm_card_visa","amount":{"currency":"EUR","amountMinor":12999},"orderId":"%s"}"""
                .formatted(orderId));

        assertThat(second.text()).isEqualTo(first.text());
    }

    @Test
    void unknownAuthorizationIsNotFoundAndTheKeyStaysFree() {
        String key = key();
        Answer unknown = SIMULATORS.charge(key, "pay_unknown", "voids");
        String reference = SIMULATORS.authorize(key(), orderId, "pm_card_visa").at("/reference");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(SIMULATORS.charge(key, reference, "voids").status()).isEqualTo(201);
    }

    private Instant chargedAt() {
        return Instant.parse(
                SIMULATORS.get("/gateway/charges?orderId=" + orderId).items().getFirst().required("at").asString());
    }
}
