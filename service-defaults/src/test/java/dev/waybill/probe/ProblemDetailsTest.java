package dev.waybill.probe;

import dev.waybill.probe.Http.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

import java.net.http.HttpRequest.BodyPublishers;

import static org.assertj.core.api.Assertions.assertThat;

@ProbeService
@ExtendWith(OutputCaptureExtension.class)
class ProblemDetailsTest {

    @LocalServerPort
    private int port;

    private Http http = new Http(0);

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @Test
    void problemOfAServiceIsAnsweredAsItIs() {
        Answer answer = http.get("/things/00000000-0000-0000-0000-000000000001");

        JsonNode problem = problem(answer, 404, "thing-not-found");
        assertThat(problem.get("title").asString()).isEqualTo("There is no such thing");
        assertThat(problem.get("detail").asString()).startsWith("No thing is called 0000");
        assertThat(problem.has("errors")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name": "a", "count": 1            | malformed-body  | -
            nonsense                            | malformed-body  | -
            {"name": "a", "count": 1} 2         | malformed-body  | -
            {"name": "a", "count": 1, "x": 1}   | invalid-request | /x
            {"name": "a", "count": 1, "a/b~": 1} | invalid-request | /a~1b~0
            {"name": "a", "count": "1"}         | invalid-request | /count
            {"name": "a", "count": 1.5}         | invalid-request | /count
            {"name": "a", "count": 99999999999} | invalid-request | /count
            {"name": "a", "count": null}        | invalid-request | /count
            {"name": "a", "count": []}          | invalid-request | /count
            {"name": 5, "count": 1}             | invalid-request | /name
            {"name": true, "count": 1}          | invalid-request | /name
            {"name": {}, "count": 1}            | invalid-request | /name
            {"name": null, "count": 1}          | invalid-request | /name
            {"count": 1}                        | invalid-request | /name
            {"name": " ", "count": 1}           | invalid-request | /name
            {"name": "a\\u0000b", "count": 1}   | invalid-request | /name
            {"name": "a\\ud83d", "count": 1}    | invalid-request | /name
            {"name": "12345678901", "count": 1} | invalid-request | /name
            {"name": "a", "count": 1, "kind": "OVAL"}  | invalid-request | /kind
            {"name": "a", "count": 1, "kind": 0}       | invalid-request | /kind
            {"name": "a", "count": 1, "currency": "FOO"}  | invalid-request | /currency
            {"name": "a", "count": 1, "at": "yesterday"}  | invalid-request | /at
            {"name": "a", "count": 1, "parts": {}}     | invalid-request | /parts
            {"name": "a", "count": 1, "parts": [null]} | invalid-request | /parts/0
            {"name": "a", "count": 1, "parts": [7]}    | invalid-request | /parts/0
            {"name": "a", "count": 1, "parts": [{"sku": "A", "quantity": 0}]}  | invalid-request | /parts/0/quantity
            {"name": "a", "count": 1, "parts": [{"sku": "A", "quantity": "5"}]} | invalid-request | /parts/0/quantity
            {"name": "a", "count": 1, "parts": [{"sku": "A"}]}                 | invalid-request | /parts/0/quantity
            {"name": "a", "count": 1, "parts": [{"sku": "a b", "quantity": 1}]} | invalid-request | /parts/0/sku
            {"name": "a", "count": 1, "parts": [{"sku": 5, "quantity": 1}]}    | invalid-request | /parts/0/sku
            {"name": "a", "name": "b", "count": 1}     | malformed-body  | -
            []                                         | invalid-request | ``
            "text"                                     | invalid-request | ``
            null                                       | malformed-body  | -
            """)
    void bodyThatIsNotAsDescribedIsPointedAt(String body, String code, String pointer) {
        JsonNode problem = problem(http.post("/things", body), 400, code);

        if (pointer.equals("-")) {
            assertThat(problem.has("errors")).isFalse();
        } else {
            assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
            assertThat(problem.at("/errors/0/detail").asString()).isNotBlank();
        }
        assertThat(problem.toString()).doesNotContain("dev.waybill.", "java.", "tools.jackson", "Creator");
    }

    @Test
    void ourOwnRecordsSayWhyTheyRefuse() {
        Answer answer = http.post("/things", """
                {"name": "a", "count": 1, "parts": [{"sku": "A", "quantity": 0}]}""");

        assertThat(answer.json().at("/errors/0/detail").asString())
                .isEqualTo("A quantity is a whole number from 1 to 1000000, not 0");
    }

    @Test
    void everyMissingFieldIsNamedAtOnce() {
        JsonNode problem = problem(http.post("/things", """
                {"count": 1, "parts": [{}]}"""), 400, "invalid-request");

        assertThat(problem.get("errors")).hasSize(3);
        assertThat(problem.get("errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("/name", "/parts/0/sku", "/parts/0/quantity");
    }

    @Test
    void fourByteCharactersPassUnharmed() {
        Answer answer = http.post("/things", """
                {"name": "🦊 𝔘ml", "count": 1}""");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("name").asString()).isEqualTo("🦊 𝔘ml");
    }

    @Test
    void fieldsAreWrittenInTheOrderOfTheirRecord() {
        assertThat(http.post("/things", """
                {"count": 1, "name": "a", "at": "2026-11-21T14:00:00Z"}""").text()).isEqualTo("""
                {"name":"a","count":1,"kind":null,"currency":null,"at":"2026-11-21T14:00:00Z","parts":null}""");
    }

    @Test
    void missingBody() {
        problem(http.post("/things", ""), 400, "malformed-body");
    }

    @Test
    void bodyThatIsNoUtf8() {
        Answer answer = http.send(
                "POST",
                "/things",
                BodyPublishers.ofByteArray(new byte[]{'{', '"', 'n', (byte) 0xff, (byte) 0xfe, '"'}),
                "content-type",
                "application/json");

        problem(answer, 400, "malformed-body");
    }

    @Test
    void nestedTooDeeply() {
        assertThat(http.post("/things", "[".repeat(20_000)).status()).isEqualTo(400);
        assertThat(http.post("/things", "{\"name\": ".repeat(5_000)).status()).isEqualTo(400);
    }

    @Test
    void pathThatNobodyKnows() {
        problem(http.get("/nowhere"), 404, "not-found");
        problem(http.get("/error"), 404, "not-found");
    }

    @Test
    void pathThatCanNameNothing() {
        problem(http.get("/things/not-a-uuid"), 404, "not-found");
    }

    @Test
    void methodThatIsNotSupported() {
        Answer answer = http.send("DELETE", "/things", null);

        problem(answer, 405, "method-not-allowed");
        assertThat(answer.headers().firstValue("allow")).hasValueSatisfying(
                allowed -> assertThat(allowed).contains("GET", "POST"));
    }

    @Test
    void mediaTypeThatIsNotRead() {
        problem(
                http.send("POST", "/things", BodyPublishers.ofString("<a/>"), "content-type", "application/xml"),
                415,
                "unsupported-media-type");
    }

    @Test
    void mediaTypeThatIsNotWritten() {
        problem(
                http.send(
                        "POST",
                        "/things",
                        BodyPublishers.ofString("{\"name\": \"a\", \"count\": 1}"),
                        "content-type",
                        "application/json",
                        "accept",
                        "image/png"),
                406,
                "not-acceptable");
    }

    @Test
    void callerWhoGetsNoBodyMayAcceptWhatItLikes() {
        assertThat(http.post("/things/heard", "{}", "accept", "text/plain").status()).isEqualTo(204);
    }

    @Test
    void callerThatAcceptsOnlyHtmlGetsItsProblemAllTheSame() {
        problem(http.get("/things/00000000-0000-0000-0000-000000000001", "accept", "text/html"), 404,
                "thing-not-found");
    }

    @Test
    void parameterThatIsMissingOrOfAnotherType() {
        assertThat(problem(http.get("/things/wanting"), 400, "invalid-request").at("/errors/0/parameter").asString())
                .isEqualTo("number");
        assertThat(
                problem(http.get("/things/wanting?number=x"), 400, "invalid-request").at("/errors/0/parameter")
                        .asString())
                .isEqualTo("number");
        assertThat(problem(http.get("/things?kind=OVAL"), 400, "invalid-request").at("/errors/0/detail").asString())
                .contains("ROUND, SQUARE");
    }

    @Test
    void faultOfOursSaysNothingAndIsLoggedUnderItsTraceId(CapturedOutput log) {
        Answer answer = http.get("/things/fault");

        String traceId = problem(answer, 500, "internal-server-error").get("traceId").asString();
        assertThat(log).contains("A request failed (trace " + traceId, "hunter2");
        assertThat(answer.text()).doesNotContain("hunter2", "IllegalState");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/things/busy", "/things/cut"})
    void databaseThatIsBusyOrAwayIsWorthAnotherTry(String path) {
        Answer answer = http.get(path);

        problem(answer, 503, "service-unavailable");
        assertThat(answer.headers().firstValue("retry-after")).contains("1");
        assertThat(answer.text()).doesNotContain("secrets");
    }

    @Test
    void concurrentChangeIsAConflict() {
        problem(http.get("/things/changed"), 409, "concurrent-change");
    }

    @Test
    void problemCanSayWhenToTryAgain() {
        Answer answer = http.get("/things/later");

        problem(answer, 503, "overloaded");
        assertThat(answer.headers().firstValue("retry-after")).contains("30");
    }

    @Test
    void faultsOutsideOfTheDispatcherAreProblemsToo(CapturedOutput log) {
        Answer thrown = http.get("/filter/throws");
        Answer sent = http.get("/filter/sends-error");

        String traceId = problem(thrown, 500, "internal-server-error").get("traceId").asString();
        assertThat(log).contains("A request failed (trace " + traceId);
        problem(sent, 403, "forbidden");
        assertThat(thrown.text() + sent.text()).doesNotContain("hunter2");
    }

    static JsonNode problem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.get("code").asString()).as(answer.text()).isEqualTo(code);
        assertThat(problem.get("type").asString()).isEqualTo("https://waybill.dev/problems/" + code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asString()).isNotBlank();
        assertThat(problem.get("detail").asString()).isNotBlank();
        assertThat(problem.get("traceId").asString()).matches("[0-9a-f]{32}");
        return problem;
    }
}
