package dev.waybill.probe;

import dev.waybill.defaults.webhooks.WebhookSignature;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import static dev.waybill.probe.ProblemDetailsTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

@ProbeService
class SignedWebhooksTest {

    private static final WebhookSignature SIGNATURE = new WebhookSignature("probe-secret");
    private static final String BODY = "{\"id\": \"w-1\", \"count\": 2}";

    @LocalServerPort
    private int port;

    private Http http = new Http(0);
    private final long now = Instant.now().getEpochSecond();

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @Test
    void oneThatIsSignedIsTaken() {
        assertThat(signed(now, BODY).json().path("count").asInt()).isEqualTo(2);
    }

    @Test
    void aNewerSenderMaySayMoreThanIsKnownHere() {
        assertThat(signed(now, "{\"id\": \"w-1\", \"count\": 2, \"mood\": \"good\"}").status()).isEqualTo(200);
    }

    @Test
    void oneThatIsNotSignedIsRefused() {
        problem(http.post("/webhooks", BODY), 401, "webhook-not-authentic");
        problem(http.post("/webhooks", BODY, "Waybill-Timestamp", "" + now), 401, "webhook-not-authentic");
        problem(
                http.post("/webhooks", BODY, "Waybill-Signature", SIGNATURE.of(now, bytes(BODY))),
                401,
                "webhook-not-authentic");
    }

    @Test
    void aSignatureUnderAnotherSecretIsRefused() {
        refused("" + now, new WebhookSignature("guessed").of(now, bytes(BODY)), BODY);
    }

    @Test
    void theSignatureOfAnotherBodyIsRefused() {
        refused("" + now, SIGNATURE.of(now, bytes(BODY)), BODY.replace('2', '3'));
    }

    @Test
    void theSignatureOfAnotherTimeIsRefused() {
        refused("" + (now + 1), SIGNATURE.of(now, bytes(BODY)), BODY);
    }

    @Test
    void oneThatIsOldOrFromTheFutureIsRefused() {
        long tooFar = Duration.ofMinutes(5).plusSeconds(30).toSeconds();
        problem(signed(now - tooFar, BODY), 401, "webhook-not-authentic");
        problem(signed(now + tooFar, BODY), 401, "webhook-not-authentic");
        assertThat(signed(now - tooFar + 60, BODY).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "-1", "99999999999999999999", "1.5"})
    void aTimeThatIsNoneIsRefused(String timestamp) {
        refused(timestamp, SIGNATURE.of(now, bytes(BODY)), BODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1=", "v1=xyz", "v2=00"})
    void aSignatureThatIsNoneIsRefused(String signature) {
        refused("" + now, signature, BODY);
    }

    @Test
    void headersThatStandThereTwiceAreRefused() {
        String signature = SIGNATURE.of(now, bytes(BODY));
        problem(
                http.post(
                        "/webhooks",
                        BODY,
                        "Waybill-Timestamp",
                        "" + now,
                        "Waybill-Signature",
                        signature,
                        "Waybill-Signature",
                        signature),
                401,
                "webhook-not-authentic");
    }

    @Test
    void whatIsGenuineAndMakesNoSenseIsToldSo() {
        problem(signed(now, "{"), 400, "malformed-body");
        problem(signed(now, "{\"id\": \"w-1\", \"count\": \"many\"}"), 400, "invalid-request");
        problem(signed(now, "{\"id\": \"w-1\", \"count\": -1}"), 400, "invalid-request");
    }

    @Test
    void oneThatIsTooLargeIsRefusedBeforeItIsRead() {
        problem(signed(now, "\"" + "x".repeat(64 * 1024) + "\""), 413, "content-too-large");
    }

    @Test
    void theDescriptionOfTheInterfaceNamesTheHeaders() {
        assertThat(http.get("/v3/api-docs").json().at("/paths/~1webhooks/post/parameters").findValuesAsString("name"))
                .containsExactly("Waybill-Timestamp", "Waybill-Signature");
    }

    private void refused(String timestamp, String signature, String body) {
        problem(
                http.post("/webhooks", body, "Waybill-Timestamp", timestamp, "Waybill-Signature", signature),
                401,
                "webhook-not-authentic");
    }

    private Http.Answer signed(long timestamp, String body) {
        return http.post(
                "/webhooks",
                body,
                "Waybill-Timestamp",
                "" + timestamp,
                "Waybill-Signature",
                SIGNATURE.of(timestamp, bytes(body)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
