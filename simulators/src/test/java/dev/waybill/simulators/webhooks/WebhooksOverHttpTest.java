package dev.waybill.simulators.webhooks;

import dev.waybill.simulators.RunningSimulators;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class WebhooksOverHttpTest {

    private static final String SECRET = "correct horse battery staple";

    @TempDir
    static Path books;

    private static Receiver receiver;
    private static RunningSimulators simulators;

    private final String orderId = UUID.randomUUID().toString();

    @BeforeAll
    static void start() throws IOException {
        receiver = new Receiver();
        simulators = startOn(books);
    }

    @AfterAll
    static void stop() {
        simulators.close();
        receiver.close();
    }

    @AfterEach
    void switchFaultsOff() {
        simulators.delete("/faults/gateway");
        simulators.delete("/faults/carrier");
    }

    @Test
    void everyEffectIsToldInItsOrder() {
        String reference = simulators.authorize(key(), orderId, "pm_card_visa").at("/reference");
        String capture = key();
        simulators.charge(capture, reference, "captures");
        simulators.charge(key(), reference, "refunds");

        await().untilAsserted(
                () -> assertThat(receiver.accepted(orderId)).containsExactly("AUTHORIZED", "CAPTURED", "REFUNDED"));
        Receiver.Received captured = receiver.received(orderId).get(1);
        assertThat(captured.body().propertyNames())
                .containsExactly("id", "kind", "reference", "orderId", "status", "at", "amount", "idempotencyKey");
        assertThat(captured.at("kind")).isEqualTo("CAPTURE");
        assertThat(captured.at("idempotencyKey")).isEqualTo(capture);
        assertThat(captured.at("reference")).isEqualTo(reference);
        assertThat(captured.body().at("/amount/amountMinor").asLong()).isEqualTo(12999);
        assertThat(receiver.received(orderId)).extracting(webhook -> webhook.at("id")).doesNotHaveDuplicates();
    }

    @Test
    void parcelIsFollowedOnItsWay() {
        String trackingNumber = simulators.book(key(), orderId, "DE").at("/trackingNumber");
        simulators.ship(key(), trackingNumber, "dispatch");
        simulators.scan(trackingNumber, "HANDED_OVER");
        simulators.scan(trackingNumber, "DELIVERED");

        await().untilAsserted(
                () -> assertThat(receiver.accepted(orderId))
                        .containsExactly("BOOKED", "DISPATCHED", "HANDED_OVER", "DELIVERED"));
        assertThat(receiver.received(orderId)).extracting(webhook -> webhook.at("kind"))
                .containsExactly("BOOK", "DISPATCH", "SCAN", "SCAN");
        assertThat(receiver.received(orderId).getFirst().body().propertyNames())
                .containsExactly("id", "kind", "trackingNumber", "orderId", "status", "at");
    }

    @Test
    void webhookIsSigned() throws GeneralSecurityException {
        simulators.authorize(key(), orderId, "pm_card_visa");
        await().until(() -> receiver.received(orderId).size() == 1);

        Receiver.Received webhook = receiver.received(orderId).getFirst();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] expected = mac.doFinal((webhook.timestamp() + "." + webhook.text()).getBytes(StandardCharsets.UTF_8));
        assertThat(webhook.signature()).isEqualTo("v1=" + HexFormat.of().formatHex(expected));
        assertThat(Instant.ofEpochSecond(Long.parseLong(webhook.timestamp())))
                .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(1));
    }

    @Test
    void refusedWebhookIsSentAgainAndTheNextWaitsForIt() {
        receiver.refuseNext(2);
        String reference = simulators.authorize(key(), orderId, "pm_card_visa").at("/reference");
        simulators.charge(key(), reference, "captures");

        await().untilAsserted(
                () -> assertThat(receiver.accepted(orderId)).containsExactly("AUTHORIZED", "CAPTURED"));
        assertThat(receiver.received(orderId)).extracting(webhook -> webhook.at("status"))
                .containsExactly("AUTHORIZED", "AUTHORIZED", "AUTHORIZED", "CAPTURED");
    }

    @Test
    void webhookIsGivenUpAfterItsAttempts() {
        receiver.refuseNext(4);
        String reference = simulators.authorize(key(), orderId, "pm_card_visa").at("/reference");
        simulators.charge(key(), reference, "captures");

        await().untilAsserted(() -> assertThat(receiver.accepted(orderId)).containsExactly("CAPTURED"));
    }

    @Test
    void repeatedAndRefusedRequestsAreNotTold() {
        String key = key();
        simulators.authorize(key(), orderId, "pm_card_declined");
        String reference = simulators.authorize(key, orderId, "pm_card_visa").at("/reference");
        simulators.authorize(key, orderId, "pm_card_visa");
        simulators.charge(key(), reference, "voids");
        simulators.charge(key(), reference, "voids");
        simulators.charge(key(), reference, "captures");

        await().untilAsserted(() -> assertThat(receiver.accepted(orderId)).contains("VOIDED"));
        await().during(Duration.ofMillis(200)).untilAsserted(
                () -> assertThat(receiver.accepted(orderId)).containsExactly("AUTHORIZED", "VOIDED"));
    }

    @Test
    void doubleWebhookComesTwiceWithOneId() {
        simulators.put("/faults/gateway", "{\"mode\": \"DOUBLE_WEBHOOK\"}");
        simulators.authorize(key(), orderId, "pm_card_visa");

        await().untilAsserted(
                () -> assertThat(receiver.accepted(orderId)).containsExactly("AUTHORIZED", "AUTHORIZED"));
        assertThat(receiver.received(orderId)).extracting(webhook -> webhook.at("id")).containsOnly(
                receiver.received(orderId).getFirst().at("id"));
    }

    @Test
    void noWebhookComesWhereNoneIsWished() {
        simulators.put("/faults/carrier", "{\"mode\": \"NO_WEBHOOK\"}");
        String trackingNumber = simulators.book(key(), orderId, "DE").at("/trackingNumber");
        simulators.delete("/faults/carrier");
        simulators.ship(key(), trackingNumber, "dispatch");

        await().untilAsserted(() -> assertThat(receiver.accepted(orderId)).containsExactly("DISPATCHED"));
    }

    @Test
    void webhookComesBeforeTheAnswerThatNeverComes() {
        simulators.put("/faults/gateway", "{\"mode\": \"TIMEOUT_AFTER_EFFECT\"}");
        simulators.authorize(key(), orderId, "pm_card_visa");

        assertThat(receiver.accepted(orderId)).containsExactly("AUTHORIZED");
    }

    @Test
    void ofTheSilentCardNoWebhookTellsEither() {
        String key = key();
        simulators.authorize(key, orderId, "pm_card_unknown_outcome");
        String reference = simulators.authorize(key, orderId, "pm_card_unknown_outcome").at("/reference");
        simulators.charge(key(), reference, "captures");

        await().untilAsserted(() -> assertThat(receiver.accepted(orderId)).containsExactly("CAPTURED"));
    }

    @Test
    void ofTheSlowCardIsToldOnceItWasThoughtAbout() {
        Instant asked = Instant.now();
        simulators.authorize(key(), orderId, "pm_card_slow");

        await().until(() -> receiver.received(orderId).size() == 1);
        assertThat(Instant.parse(receiver.received(orderId).getFirst().at("at")))
                .isAfterOrEqualTo(asked.plus(RunningSimulators.SLOW).minusMillis(1));
    }

    @Test
    void whatWasToldIsNotToldAgainAfterAStop(@TempDir Path own) {
        try (RunningSimulators before = startOn(own)) {
            before.authorize(key(), orderId, "pm_card_visa");
            before.book(key(), orderId, "DE");
            await().untilAsserted(
                    () -> assertThat(receiver.accepted(orderId)).containsExactlyInAnyOrder("AUTHORIZED", "BOOKED"));
        }
        try (RunningSimulators after = startOn(own)) {
            after.authorize("next", orderId, "pm_card_visa");

            await().untilAsserted(
                    () -> assertThat(receiver.accepted(orderId))
                            .containsExactlyInAnyOrder("AUTHORIZED", "BOOKED", "AUTHORIZED"));
        }
    }

    @Test
    void whatCouldNotBeToldBeforeAStopIsToldAfterIt(@TempDir Path own) {
        String reference;
        try (RunningSimulators before = startOn(own, "waybill.simulators.webhook.backoff=1h")) {
            receiver.refuseNext(1);
            reference = before.authorize(key(), orderId, "pm_card_visa").at("/reference");
            before.charge(key(), reference, "captures");
            await().until(() -> receiver.received(orderId).size() == 1);
        }
        assertThat(receiver.accepted(orderId)).isEmpty();

        try (RunningSimulators after = startOn(own)) {
            await().untilAsserted(
                    () -> assertThat(receiver.accepted(orderId)).as("from %s", after.base())
                            .containsExactly("AUTHORIZED", "CAPTURED"));
        }
    }

    @Test
    void webhooksWithoutASecretAreNotStarted(@TempDir Path own) {
        assertThatThrownBy(
                () -> RunningSimulators.on(own, "waybill.simulators.carrier.webhook-url=" + receiver.url()).close())
                .hasStackTraceContaining("waybill.simulators.webhook-secret is needed");
    }

    private static RunningSimulators startOn(Path directory, String... more) {
        List<String> settings = new ArrayList<>(List.of("waybill.simulators.gateway.webhook-url=" + receiver.url(),
                "waybill.simulators.carrier.webhook-url=" + receiver.url(),
                "waybill.simulators.webhook-secret=" + SECRET,
                "waybill.simulators.webhook.attempts=4",
                "waybill.simulators.webhook.backoff=20ms"));
        settings.addAll(List.of(more));
        return RunningSimulators.on(directory, settings.toArray(String[]::new));
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
