package dev.waybill.console.bulk;

import dev.waybill.console.parked.StandIns;
import dev.waybill.console.parked.SteeringTest;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.waybill.console.parked.ParkedJson.json;
import static dev.waybill.console.parked.ParkedJson.listing;
import static dev.waybill.console.parked.ParkedJson.message;
import static dev.waybill.console.parked.StandIns.PARKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** From a filter to the last outcome: parked messages are frozen, shown, confirmed by their count and worked off, over real HTTP. */
@SteeringTest
class FrozenReplayTest {

    private static final Pattern MORE = Pattern.compile("cursor=([\\w-]+)\"");
    private static final String HANDLED = json(Map.of("handled", 1, "ended", "ALL_HANDLED", "waiting", 0));

    private final UUID newer = UUID.randomUUID();
    private final UUID older = UUID.randomUUID();

    @Autowired
    private MockMvcTester http;

    @Autowired
    private BulkWorker worker;

    @Autowired
    private JdbcClient database;

    @BeforeEach
    void twoAreParkedAndOneWaits() {
        StandIns.reset();
        var waits = message(UUID.randomUUID(), "a", 1);
        waits.put("waitsBehind", newer);
        var parked = List.of(message(newer, "a", 1), message(older, "b", 4));
        parked("PARKED", null, parked);
        parked("WAITING_BEHIND", null, List.of(waits));
        parked.forEach(message -> StandIns.paymentSays(get(urlPathEqualTo(PARKED + "/" + message.get("id")))
                .willReturn(okJson(json(message)))));
        Stream.of(newer, older).forEach(id -> StandIns.paymentSays(
                post(urlPathEqualTo(PARKED + "/" + id + "/replay")).willReturn(okJson(HANDLED))));
    }

    @AfterEach
    void clear() {
        StandIns.paymentComes();
        database.sql("delete from bulk_selection").update();
    }

    @Test
    void whatIsFrozenIsShownWithWhatIsLeftOutAndNothingIsDoneYet() {
        String page = freeze("replay");
        assertThat(http.get().uri(page)).hasStatusOk().bodyText()
                .contains("This acts on <b>2</b> items", "What this does.", "what waits behind it follows in order",
                        "/parked/payment-service/" + newer,
                        "They wait behind one of the selection: they are handled after it, in their order",
                        "service payment-service, reason contains no order", "the bug is mended")
                .containsPattern("(?s)" + older + ".*" + newer);
        worker.work();
        StandIns.payment().verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void nothingComesInAfterTheFreezing() {
        String page = freeze("replay");
        UUID late = UUID.randomUUID();
        parked("PARKED", null, List.of(message(late, "c", 1), message(newer, "a", 1), message(older, "b", 4)));
        start(page, "2");
        workOff(page);
        StandIns.payment().verify(2, postRequestedFor(anyUrl()));
        assertThat(http.get().uri(page)).bodyText().doesNotContain(late.toString()).contains("<b>done</b>", "2 done");
    }

    @Test
    void anotherCountThanThatOfTheItemsStartsNothing() {
        String page = freeze("replay");
        assertThat(start(page, "3")).hasStatus(HttpStatus.CONFLICT).bodyText()
                .contains("That is not the number of items", "Nothing was started");
        worker.work();
        StandIns.payment().verify(0, postRequestedFor(anyUrl()));
        assertThat(start(page, "2")).hasStatus3xxRedirection();
        assertThat(start(page, "2")).hasStatus(HttpStatus.CONFLICT).bodyText().contains("It cannot be started");
    }

    @Test
    void eachIsReplayedInTheNameOfWhoeverStartedItAndTheOutcomeIsBesideIt() {
        StandIns.paymentSays(post(urlPathEqualTo(PARKED + "/" + newer + "/replay")).willReturn(okJson(json(Map.of(
                "handled", 0, "ended", "PARKED_AGAIN", "waiting", 1, "parked",
                Map.of("id", newer, "reason", "<b>Still</b> no order"))))));
        String page = freeze("replay");
        start(page, "2");
        workOff(page);

        StandIns.payment().verify(1, postRequestedFor(urlPathEqualTo(PARKED + "/" + older + "/replay"))
                .withHeader("X-Operator", equalTo("ada"))
                .withRequestBody(matchingJsonPath("$.reason", equalTo("the bug is mended"))));
        assertThat(http.get().uri(page)).bodyText().contains("1 done, 1 failed", "&lt;b&gt;Still&lt;/b&gt; no order");
        assertThat(http.get().uri(page + "?outcome=FAILED")).bodyText().contains(newer.toString())
                .doesNotContain(older.toString());
        assertThat(http.get().uri("/journal")).bodyText().contains("freeze a selection: Replay parked messages",
                "start a selection", "1 done, 1 failed");
        assertThat(http.get().uri("/selections")).bodyText().contains(page);
    }

    @Test
    void whatHasChangedSinceOrIsGoneIsPassedOverAndSaid() {
        String page = freeze("replay");
        StandIns.paymentSays(
                get(urlPathEqualTo(PARKED + "/" + older)).willReturn(okJson(json(message(older, "b", 5)))));
        StandIns.paymentSays(get(urlPathEqualTo(PARKED + "/" + newer)).willReturn(jsonResponse("{}", 404)));
        start(page, "2");
        workOff(page);
        StandIns.payment().verify(0, postRequestedFor(anyUrl()));
        assertThat(http.get().uri(page)).bodyText().contains("2 passed over",
                "It is at version 5, and was frozen at 4", "It is gone: replayed or discarded by somebody else.");
    }

    @Test
    void aServiceThatGoesAwayInTheMiddlePausesTheWorkAndItGoesOnWhenSomebodySaysSo() {
        String page = freeze("replay");
        send(page + "/start", "count", "2", "rate", "1");
        worker.work();
        StandIns.payment().verify(1, postRequestedFor(anyUrl()));

        StandIns.paymentGoes();
        await().untilAsserted(() -> {
            worker.work();
            assertThat(http.get().uri(page).header("HX-Request", "true")).bodyText()
                    .contains("<b>paused</b>", "payment-service cannot be reached", "Go on",
                            // Somebody else may go on with it.
                            "hx-trigger=\"live\"")
                    .doesNotContain("<html");
        });

        StandIns.paymentComes();
        assertThat(send(page + "/resume")).hasStatus3xxRedirection();
        workOff(page);
        assertThat(http.get().uri(page)).bodyText().contains("2 done");
    }

    @Test
    void aRunningSelectionShowsHowFarItIsByItselfAndCanBeStopped() {
        String page = freeze("replay");
        start(page, "2");
        assertThat(http.get().uri(page)).bodyText().contains("hx-trigger=\"live\"", "hx-get=\"" + page + "\"");
        assertThat(send(page + "/stop")).hasStatus3xxRedirection();
        worker.work();
        StandIns.payment().verify(0, postRequestedFor(anyUrl()));
        assertThat(http.get().uri(page)).bodyText().contains("<b>stopped</b>");
    }

    @Test
    void discardingSaysWhatBecomesOfThoseThatWait() {
        Stream.of(newer, older).forEach(id -> StandIns.paymentSays(
                post(urlPathEqualTo(PARKED + "/" + id + "/discard")).willReturn(okJson(HANDLED))));
        String page = freeze("discard");
        assertThat(http.get().uri(page)).bodyText().contains("they are not discarded but handled when that is gone");
        start(page, "2");
        workOff(page);
        assertThat(http.get().uri(page)).bodyText().contains("2 done", "Discarded; of what waited behind it:");
    }

    @Test
    void whileItRunsWhatHasBecomeOfEachItemThatIsShownStaysUpToDate() throws UnsupportedEncodingException {
        String page = freeze("replay");
        start(page, "2");
        String shown = http.get().uri(page + "?outcome=DONE&limit=1").exchange().getResponse().getContentAsString();
        assertThat(shown).contains("hx-vals=\"{&quot;outcome&quot;: &quot;DONE&quot;}\"");
        workOff(page);

        String part = http.get().uri(page + "?outcome=DONE&limit=1").header("HX-Request", "true").exchange()
                .getResponse().getContentAsString();
        assertThat(part).startsWith("<div id=\"progress\"").contains("<b>done</b>", "1 handled", older.toString())
                .doesNotContain("<html", newer.toString());
        String cursor = MORE.matcher(part).results().map(found -> found.group(1)).findFirst().orElseThrow();
        assertThat(http.get().uri(page + "?outcome=DONE&limit=1&cursor=" + cursor).header("HX-Request", "true"))
                .bodyText().contains(newer.toString(), "&quot;cursor&quot;: &quot;" + cursor + "&quot;")
                .doesNotContain(older.toString());
    }

    @Test
    void thereIsNoSelectionWithoutAReason() {
        assertThat(http.post().uri("/parked/selection").cookie(new Cookie("operator", "ada")).param("act", "replay"))
                .hasStatus(HttpStatus.BAD_REQUEST).bodyText().contains("A reason is wanted here");
        assertThat(http.get().uri("/selections/" + UUID.randomUUID())).hasStatus(HttpStatus.NOT_FOUND).bodyText()
                .contains("There is no such selection");
    }

    private static void parked(String state, @Nullable String next,
            List<? extends Map<String, @Nullable Object>> messages) {
        StandIns.paymentSays(get(urlPathEqualTo(PARKED)).withQueryParam("state", equalTo(state))
                .willReturn(okJson(listing(next, new ArrayList<>(messages)))));
    }

    /** @return the selection's page */
    private String freeze(String act) {
        MvcTestResult frozen = http.post().uri("/parked/selection").cookie(new Cookie("operator", "ada"))
                .param("service", "payment-service").param("reason", "no order").param("act", act)
                .param("why", "the bug is mended").exchange();
        assertThat(frozen).hasStatus3xxRedirection();
        String page = frozen.getResponse().getRedirectedUrl();
        assertThat(page).isNotNull().startsWith("/selections/");
        return page;
    }

    private MvcTestResult start(String page, String count) {
        return send(page + "/start", "count", count, "rate", "100");
    }

    private MvcTestResult send(String path, String... parameters) {
        var request = http.post().uri(path).cookie(new Cookie("operator", "ada"));
        for (int n = 0; n < parameters.length; n += 2) {
            request = request.param(parameters[n], parameters[n + 1]);
        }
        return request.exchange();
    }

    private void workOff(String page) {
        await().untilAsserted(() -> {
            worker.work();
            assertThat(http.get().uri(page)).bodyText().contains("<b>done</b>");
        });
    }
}
