package dev.waybill.console.parked;

import dev.waybill.console.journal.Journal;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.lessThanOrExactly;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.waybill.console.parked.ParkedJson.act;
import static dev.waybill.console.parked.ParkedJson.json;
import static dev.waybill.console.parked.ParkedJson.listing;
import static dev.waybill.console.parked.ParkedJson.message;
import static dev.waybill.console.parked.StandIns.PARKED;
import static org.assertj.core.api.Assertions.assertThat;

/** What the pages of parked messages show and send, with services that answer over real HTTP. */
@SteeringTest
class ParkedPagesTest {

    private static final String HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";

    private final UUID id = UUID.randomUUID();
    private final String key = UUID.randomUUID().toString();
    private final String page = "/parked/payment-service/" + id;

    @Autowired
    private MockMvcTester http;

    @Autowired
    private Journal journal;

    @BeforeEach
    void start() {
        StandIns.reset();
    }

    @Test
    void allServicesStandSideBySideAndOneThatIsAwayIsSaid() {
        UUID other = UUID.randomUUID();
        StandIns.others().stubFor(get(urlPathEqualTo("/inventory" + PARKED))
                .willReturn(okJson(listing(null, List.of(message(other, key, 1))))));
        StandIns.paymentGoes();

        assertThat(http.get().uri("/parked")).hasStatusOk().bodyText()
                .contains("payment-service cannot be reached", "/parked/inventory-service/" + other,
                        "saga-orchestrator", "There is no order …")
                .containsPattern("(?s)order-service.*inventory-service.*payment-service.*notification-service");
    }

    @Test
    void whatIsLookedForIsAskedOfTheServicesAndTheReasonIsSifted() {
        var wanted = message(id, key, 1);
        var unwanted = message(UUID.randomUUID(), key, 1);
        unwanted.put("reason", "Something else");
        StandIns.paymentSays(get(urlPathEqualTo(PARKED)).withQueryParam("subscription", equalTo("payment-commands"))
                .withQueryParam("key", equalTo(key)).withQueryParam("state", equalTo("PARKED"))
                .willReturn(okJson(listing(null, List.of(unwanted, wanted)))));

        assertThat(http.get().uri("/parked?service=payment-service&subscription=payment-commands&reason=NO order&key="
                + key)).hasStatusOk().bodyText().contains(page)
                .doesNotContain("Something else", ">inventory-service</h2>");
    }

    @Test
    void whatIsOlderIsReachedByTheServicesCursor() {
        StandIns.paymentSays(get(urlPathEqualTo(PARKED)).willReturn(okJson(
                listing("abc+/=", List.of(message(UUID.randomUUID(), key, 1))))));
        StandIns.paymentSays(get(urlPathEqualTo(PARKED)).withQueryParam("cursor", equalTo("abc+/=")).atPriority(1)
                .willReturn(okJson(listing(null, List.of(message(id, key, 1))))));

        assertThat(http.get().uri("/parked")).bodyText()
                .contains("service=payment-service", "cursor=abc%2B/%3D").doesNotContain(page);
        assertThat(http.get().uri("/parked?service=payment-service&cursor={c}", "abc+/=")).bodyText().contains(page);
    }

    @Test
    void whoLooksForAReasonThatIsNowhereDoesNotWaitLongAndCanGoOnFromThere() {
        StandIns.paymentSays(get(urlPathEqualTo(PARKED)).willReturn(okJson(
                listing("further", List.of(message(UUID.randomUUID(), key, 1)))).withFixedDelay(900)));

        assertThat(http.get().uri("/parked?service=payment-service&reason=nonsense")).bodyText()
                .contains("Nothing on this page.", "cursor=further");
        StandIns.payment().verify(lessThanOrExactly(3), getRequestedFor(urlPathEqualTo(PARKED)));
    }

    @Test
    void aMessageIsShownWithWhatIsWrongAndWhatWaitsBehindItAndWhereItBelongs() {
        UUID saga = UUID.randomUUID();
        UUID behind = UUID.randomUUID();
        var shown = message(id, key, 7);
        shown.put("stack", "java.lang.IllegalStateException: no order");
        shown.put("headers", Map.of("ce_id", "0198", "ce_sagaid", saga.toString()));
        StandIns.paymentSays(get(urlPathEqualTo(PARKED + "/" + id)).willReturn(okJson(json(shown))));
        StandIns.paymentSays(get(urlPathEqualTo(PARKED)).withQueryParam("state", equalTo("WAITING_BEHIND"))
                .withQueryParam("key", equalTo(key)).withQueryParam("subscription", equalTo("payment-commands"))
                .willReturn(okJson(listing(null, List.of(message(behind, key, 1))))));

        assertThat(http.get().uri(page)).hasStatusOk().bodyText().contains("There is no order " + key,
                "&quot;amount&quot; : 1.10,", "<summary>Stack</summary>", "java.lang.IllegalStateException: no order",
                "/parked/payment-service/" + behind, "/orders/" + key, "/sagas/" + saga,
                "name=\"version\" value=\"7\"");
    }

    @Test
    void whatAMessageSaysIsTextOnEveryPage() throws UnsupportedEncodingException {
        var hostile = message(id, HOSTILE, 1);
        hostile.put("type", HOSTILE);
        hostile.put("reason", HOSTILE);
        hostile.put("stack", HOSTILE);
        hostile.put("payload", "</textarea>" + HOSTILE);
        hostile.put("headers", Map.of(HOSTILE, HOSTILE));
        hostile.put("original", Map.of("payload", HOSTILE, "payloadEncoding", "UTF_8", "headers", Map.of()));
        StandIns.paymentSays(get(urlPathEqualTo(PARKED)).willReturn(okJson(listing(null, List.of(hostile)))));
        StandIns.paymentSays(get(urlPathEqualTo(PARKED + "/" + id)).willReturn(okJson(json(hostile))));
        StandIns.paymentSays(post(urlPathEqualTo(PARKED + "/" + id + "/dry-run")).willReturn(okJson(json(Map.of(
                "result", "FAULT", "reason", HOSTILE, "stack", HOSTILE,
                "says", List.of(Map.of("type", HOSTILE, "topic", HOSTILE, "payload", HOSTILE)))))));

        for (MvcTestResult shown : List.of(
                http.get().uri("/parked?key={k}", HOSTILE).exchange(),
                http.get().uri(page).exchange(),
                send("/dry-run"),
                send("/edit", "payload", "</textarea>" + HOSTILE, "version", "1", "reason", HOSTILE))) {
            String html = shown.getResponse().getContentAsString();
            assertThat(html).contains("&lt;script&gt;").doesNotContain("<script>alert", "<img src=x", "\"><img");
            assertThat(shown).hasStatusOk();
        }
    }

    @Test
    void anEditIsShownLineByLineBeforeItIsSentToTheLetter() {
        StandIns.paymentSays(get(urlPathEqualTo(PARKED + "/" + id)).willReturn(okJson(json(message(id, key, 7)))));
        StandIns.paymentSays(put(urlPathEqualTo(PARKED + "/" + id)).willReturn(okJson(json(message(id, key, 8)))));
        String typed = "{\"amount\": 2.20,\r\n \"currency\":\"EUR\"}";

        assertThat(send("/edit", "payload", typed, "version", "7", "reason", "wrong amount")).hasStatusOk().bodyText()
                .contains("<del>  &quot;amount&quot; : 1.10,</del>", "<ins>  &quot;amount&quot; : 2.20,</ins>",
                        "<span>  &quot;currency&quot; : &quot;EUR&quot;</span>");
        StandIns.payment().verify(0, putRequestedFor(anyUrl()));

        assertThat(send("/edit/send", "payload", typed, "version", "7", "reason", "wrong amount"))
                .hasStatus3xxRedirection().hasRedirectedUrl(page + "?done=edited");
        StandIns.payment().verify(1, putRequestedFor(urlPathEqualTo(PARKED + "/" + id))
                .withHeader("If-Match", equalTo("\"7\"")).withHeader("X-Operator", equalTo("ada"))
                .withRequestBody(matchingJsonPath("$.payload", equalTo("{\"amount\": 2.20,\n \"currency\":\"EUR\"}")))
                .withRequestBody(matchingJsonPath("$.reason", equalTo("wrong amount"))));
        assertThat(http.get().uri(page)).bodyText().contains("wrong amount", ">edit<", ">done<");
    }

    @Test
    void anEditOfWhatSomebodyElseHasChangedIsNotMadeAndTheNewestIsShown() {
        var newest = message(id, key, 9);
        newest.put("payload", "{\"amount\":5}");
        newest.put("edited", true);
        newest.put("journal", List.of(act("EDITED", "grace", "wrong currency")));
        StandIns.paymentSays(get(urlPathEqualTo(PARKED + "/" + id)).willReturn(okJson(json(newest))));
        StandIns.paymentSays(put(urlPathEqualTo(PARKED + "/" + id))
                .willReturn(jsonResponse("{\"title\": \"It is not as it was when it was read\"}", 412)));

        assertThat(send("/edit/send", "payload", "{\"amount\":2}", "version", "7", "reason", "wrong amount"))
                .hasStatus(HttpStatus.PRECONDITION_FAILED).bodyText()
                .contains("This message has changed since you looked", "What stands there is not what you have typed",
                        "edited by grace at 2026-11-21 14:05:00 UTC: wrong currency",
                        "<del>  &quot;amount&quot; : 5</del>",
                        "<ins>  &quot;amount&quot; : 2</ins>", "name=\"version\" value=\"9\"");
    }

    @Test
    void aDryRunShowsWhatWouldHappen() {
        StandIns.paymentSays(post(urlPathEqualTo(PARKED + "/" + id + "/dry-run")).willReturn(okJson(json(Map.of(
                "result", "HANDLED",
                "says", List.of(Map.of("type", "dev.waybill.payment.captured.v1", "topic", "payment.events", "payload",
                        "{}")),
                "requests", List.of(Map.of("kind", "CAPTURE", "orderId", key)))))));
        assertThat(send("/dry-run")).hasStatusOk().bodyText().contains("It would be handled.",
                "dev.waybill.payment.captured.v1", "payment.events", "CAPTURE", key);
    }

    @Test
    void aReplaySaysHowFarItCameAndWhatStandsFirstNow() {
        StandIns.paymentSays(get(urlPathEqualTo(PARKED + "/" + id)).willReturn(okJson(json(message(id, key, 7)))));
        UUID next = UUID.randomUUID();
        StandIns.paymentSays(post(urlPathEqualTo(PARKED + "/" + id + "/replay")).willReturn(okJson(json(Map.of(
                "handled", 2, "ended", "PARKED_AGAIN", "waiting", 1, "parked",
                Map.of("id", next, "type", "dev.waybill.payment.void.v1", "reason", "No such payment"))))));
        assertThat(send("/replay", "reason", "mended", "version", "7")).hasStatusOk().bodyText().contains(
                "2 handled, then one failed; 1 stand there. No such payment", "/parked/payment-service/" + next);
        StandIns.payment().verify(1, postRequestedFor(urlPathEqualTo(PARKED + "/" + id + "/replay"))
                .withHeader("X-Operator", equalTo("ada")).withHeader("If-Match", equalTo("\"7\""))
                .withRequestBody(matchingJsonPath("$.reason", equalTo("mended"))));
        assertThat(journal.ofOrder(UUID.fromString(key)).found()).singleElement()
                .satisfies(entry -> assertThat(entry.about().page()).isEqualTo(page));
    }

    @Test
    void nothingIsDoneWithoutAReasonOrWithoutAName() {
        StandIns.paymentSays(get(urlPathEqualTo(PARKED + "/" + id)).willReturn(okJson(json(message(id, key, 7)))));
        assertThat(send("/replay", "reason", " ", "version", "7")).hasStatus(HttpStatus.CONFLICT).bodyText()
                .contains("A reason is wanted here");
        assertThat(send("/discard", "version", "7")).hasStatus(HttpStatus.CONFLICT);
        assertThat(send("/discard", "reason", "because")).as("of no version").hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(http.post().uri(page + "/discard").param("reason", "because").param("version", "7"))
                .hasStatus3xxRedirection();
        StandIns.payment().verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void aRefusalIsToldInTheServicesWordsAndSilenceAsWhatMayHaveBeenDone() {
        StandIns.paymentSays(get(urlPathEqualTo(PARKED + "/" + id)).willReturn(okJson(json(message(id, key, 7)))));
        StandIns.paymentSays(post(urlPathEqualTo(PARKED + "/" + id + "/discard")).willReturn(jsonResponse(
                "{\"title\": \"The message waits behind another one\", \"detail\": \"It waits behind that\"}", 409)));
        assertThat(send("/discard", "reason", "because", "version", "7")).hasStatus(HttpStatus.CONFLICT).bodyText()
                .contains("The message waits behind another one: It waits behind that");

        StandIns.paymentSays(post(urlPathEqualTo(PARKED + "/" + id + "/replay"))
                .willReturn(aResponse().withStatus(503)));
        assertThat(send("/replay", "reason", "because", "version", "7")).hasStatus(HttpStatus.BAD_GATEWAY).bodyText()
                .contains(
                        "What came of it was not heard: payment-service cannot answer at the moment (503). The message is as you saw it: "
                                + "nothing was done so far.",
                        "once at most");

        StandIns.paymentGoes();
        assertThat(send("/replay", "reason", "because", "version", "7")).hasStatus(HttpStatus.BAD_GATEWAY).bodyText()
                .contains("payment-service cannot be reached. Nothing was done.");
    }

    @Test
    void whatIsNotThereIsAPageAndNoFault() {
        StandIns.paymentSays(get(urlPathEqualTo(PARKED + "/" + id)).willReturn(jsonResponse("{}", 404)));
        assertThat(http.get().uri(page)).hasStatus(HttpStatus.NOT_FOUND).bodyText().contains("replayed or discarded");
        assertThat(http.get().uri("/parked/nobody/" + id)).hasStatus(HttpStatus.NOT_FOUND).bodyText()
                .contains("There is no such service");
        StandIns.paymentGoes();
        assertThat(http.get().uri(page)).hasStatus(HttpStatus.BAD_GATEWAY).bodyText()
                .contains("payment-service cannot be reached");
    }

    private MvcTestResult send(String act, String... parameters) {
        var request = http.post().uri(page + act).cookie(new Cookie("operator", "ada"));
        for (int n = 0; n < parameters.length; n += 2) {
            request = request.param(parameters[n], parameters[n + 1]);
        }
        return request.exchange();
    }
}
