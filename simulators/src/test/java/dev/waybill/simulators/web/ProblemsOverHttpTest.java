package dev.waybill.simulators.web;

import dev.waybill.simulators.RunningSimulators.Answer;
import dev.waybill.simulators.SharedSimulators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemsOverHttpTest extends SharedSimulators {

    private static final String AUTHORIZATIONS = "/gateway/authorizations";
    private static final String GOOD = """
            {"orderId": "o", "amount": {"amountMinor": 1, "currency": "EUR"}, "paymentMethod": "pm_card_visa"}""";

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.at("/status")).isEqualTo(Integer.toString(status));
        assertThat(answer.at("/code")).isEqualTo(code);
        assertThat(answer.at("/type")).startsWith("urn:waybill:problem:");
        assertThat(answer.at("/title")).isNotBlank();
        assertThat(answer.at("/detail")).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"amountMinor\": 1 | amountMinor\": 0 | /amount",
            "amountMinor\": 1 | amountMinor\": -5 | /amount",
            "amountMinor\": 1 | amountMinor\": 1.5 | /amount/amountMinor",
            "amountMinor\": 1 | amountMinor\": \"1\" | /amount/amountMinor",
            "amountMinor\": 1 | amountMinor\": 9223372036854775808 | /amount/amountMinor",
            "EUR | EURO | /amount", "EUR | XYZ | /amount", "\"EUR\" | null | /amount",
            "\"o\" | \"o\", \"surprise\": 1 | /surprise", "\"o\" | \" \" | ''", "\"o\" | null | ''",
            "\"o\" | {} | /orderId", "pm_card_visa | \\u0000 | ''"})
    void badBodyIsPointedAt(String good, String bad, String pointer) {
        Answer answer = SIMULATORS.post(AUTHORIZATIONS, key(), GOOD.replace(good, bad));

        assertProblem(answer, 400, "INVALID_BODY");
        assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
        assertThat(answer.at("/errors/0/detail")).isNotBlank();
    }

    @Test
    void bodyThatIsNoJsonIsRefused() {
        assertProblem(SIMULATORS.post(AUTHORIZATIONS, key(), "{\"orderId\":"), 400, "MALFORMED_JSON");
        assertProblem(SIMULATORS.post(AUTHORIZATIONS, key(), GOOD + "}"), 400, "MALFORMED_JSON");
        assertProblem(SIMULATORS.post(AUTHORIZATIONS, key(), ""), 400, "BODY_MISSING");
    }

    @Test
    void keyIsNeededAndReasonable() {
        assertProblem(SIMULATORS.postWithoutKey(AUTHORIZATIONS, GOOD), 400, "IDEMPOTENCY_KEY_MISSING");
        assertProblem(SIMULATORS.post(AUTHORIZATIONS, "two words", GOOD), 400, "IDEMPOTENCY_KEY_INVALID");
        assertProblem(SIMULATORS.post(AUTHORIZATIONS, "k".repeat(256), GOOD), 400, "IDEMPOTENCY_KEY_INVALID");
        assertProblem(SIMULATORS.post(AUTHORIZATIONS, "k".repeat(10_000), GOOD), 400, "IDEMPOTENCY_KEY_INVALID");
    }

    @ParameterizedTest
    @CsvSource({"/gateway/authorizations", "/gateway/authorizations/x/captures", "/gateway/authorizations/x/voids",
            "/gateway/authorizations/x/refunds", "/carrier/shipments", "/carrier/shipments/x/dispatch",
            "/carrier/shipments/x/cancellation"})
    void everyPostWithAnEffectNeedsAKey(String path) {
        Answer answer = SIMULATORS.postWithoutKey(path, "{}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
    }

    @Test
    void voidTakesNoFields() {
        assertProblem(
                SIMULATORS.post("/gateway/authorizations/x/voids", key(), "{\"amount\": 1}"),
                400,
                "INVALID_BODY");
    }

    @Test
    void frameworkSpeaksTheSameWay() {
        assertProblem(SIMULATORS.get("/nowhere"), 404, "NOT_FOUND");
        assertProblem(SIMULATORS.get("/error"), 404, "NOT_FOUND");
        assertProblem(SIMULATORS.delete("/gateway/charges"), 405, "METHOD_NOT_ALLOWED");
        assertProblem(
                SIMULATORS.send(
                        HttpRequest.newBuilder(SIMULATORS.base().resolve(AUTHORIZATIONS))
                                .header("Idempotency-Key", key()).header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString(GOOD))),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        assertProblem(
                SIMULATORS.send(SIMULATORS.request("/gateway/charges").header("Accept", "image/png").GET()),
                406,
                "NOT_ACCEPTABLE");
    }

    @Test
    void serverRefusesBrokenRequestsWithProblemsToo() throws IOException {
        assertThat(raw("GET /gateway/[charges HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .contains("400", "application/problem+json", "urn:waybill:problem:bad-request");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: " + "k".repeat(40_000) + "\r\n\r\n"))
                .contains("application/problem+json");
    }

    @Test
    void callersTraceIsNamed() {
        Answer answer = SIMULATORS.send(
                SIMULATORS.request("/nowhere")
                        .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01").GET());

        assertThat(answer.at("/traceId")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void probesAnswer() {
        assertThat(SIMULATORS.get("/livez").status()).isEqualTo(200);
        assertThat(SIMULATORS.get("/readyz").status()).isEqualTo(200);
        assertThat(SIMULATORS.get("/actuator/env").status()).isEqualTo(404);
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", SIMULATORS.base().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            byte[] answer = new byte[4096];
            int length = socket.getInputStream().readNBytes(answer, 0, 1);
            length += socket.getInputStream().read(answer, length, answer.length - length);
            return new String(answer, 0, length, StandardCharsets.UTF_8);
        }
    }
}
