package dev.waybill.console.sagas;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.waybill.console.PageFixture;
import dev.waybill.console.journal.About;
import dev.waybill.console.journal.Entry;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.journal.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import java.util.List;
import java.util.UUID;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

/** What a person wants of a saga is confirmed, written down, handed on, and what comes of it is shown and written down. */
class SteeringSagasTest extends PageFixture {

    private static final long SEEN = 4;
    private static final String JOURNAL_THEN = """
            {"at": "2026-11-21T14:00:00Z", "step": "book shipment", "kind": "STUCK", "detail": "It cannot go on by itself"}""";

    private final UUID id = UUID.randomUUID();

    @Autowired
    private Journal journal;

    @BeforeEach
    void thereIsAStuckSaga() {
        answer("/sagas/" + id, saga("STUCK", SEEN, ""));
        orchestrator(json(202, "{\"id\": \"%s\"}".formatted(id)));
    }

    /** @param since what stands in its journal besides, each line with a comma before it */
    private String saga(String status, long version, String since) {
        return """
                {"id": "%s", "type": "order-fulfillment", "orderId": "%s", "status": "%s", "step": "book shipment", "version": %d,
                 "journal": [%s %s]}
                """
                .formatted(id, order, status, version, JOURNAL_THEN, since);
    }

    private static String line(String kind, String detail) {
        return """
                , {"at": "2026-11-21T14:00:05Z", "step": "book shipment", "kind": "%s", "detail": "%s"}"""
                .formatted(kind, detail);
    }

    /** While it is asked for something the saga becomes another one, and no answer comes. */
    private void unheard(String after) {
        String once = "it is asked";
        SERVICES.stubFor(get(urlPathEqualTo("/sagas/" + id)).inScenario(once).whenScenarioStateIs(STARTED)
                .willReturn(json(200, saga("STUCK", SEEN, ""))));
        SERVICES.stubFor(get(urlPathEqualTo("/sagas/" + id)).inScenario(once).whenScenarioStateIs("asked")
                .willReturn(json(200, after)));
        SERVICES.stubFor(post(urlPathMatching("/sagas/.*")).inScenario(once).willSetStateTo("asked")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    }

    private static void orchestrator(ResponseDefinitionBuilder answer) {
        SERVICES.stubFor(post(urlPathMatching("/sagas/.*")).willReturn(answer));
    }

    private MvcTestResult act(String act, String reason, long version) {
        return http.post().uri("/sagas/%s/%s".formatted(id, act)).cookie(named("ada")).header("Accept", BROWSER)
                .param("reason", reason).param("outcome", "COMPENSATED").param("version", Long.toString(version))
                .param("lines", "1").param("seen", "STUCK at book shipment").exchange();
    }

    private List<Entry> written() {
        return journal.about(About.saga(id));
    }

    private static void nothingIsHandedOn() {
        SERVICES.verify(0, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"retry", "skip", "compensate", "resolve"})
    void beforeAnythingIsDoneItIsSaidWhatWillHappen(String act) {
        MvcTestResult result = http.get().uri("/sagas/%s/%s".formatted(id, act)).cookie(named("ada")).exchange();

        assertThat(result).hasStatusOk();
        assertThat(readable(text(result))).contains(Act.of(act).orElseThrow().consequence(),
                "stuck: a person has to help", "name=\"version\" value=\"4\"", "name=\"lines\" value=\"1\"",
                "value=\"STUCK at book shipment\"", "name=\"reason\"", "You: ada");
        nothingIsHandedOn();
        assertThat(written()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"retry", "skip", "compensate"})
    void whatIsConfirmedIsHandedOnWithNameAndReason(String act) {
        assertThat(act(act, "  The carrier answers again ", SEEN)).hasStatus3xxRedirection()
                .hasRedirectedUrl("/sagas/%s?done=%s".formatted(id, act));

        SERVICES.verify(postRequestedFor(urlPathEqualTo("/sagas/%s/%s".formatted(id, act)))
                .withHeader("X-Operator", equalTo("ada")).withHeader("If-Match", equalTo("\"4\""))
                .withRequestBody(equalToJson("{\"reason\": \"The carrier answers again\"}")));
        assertThat(written()).singleElement().satisfies(entry -> {
            assertThat(entry.who()).isEqualTo("ada");
            assertThat(entry.what()).isEqualTo(act);
            assertThat(entry.reason()).isEqualTo("The carrier answers again");
            assertThat(entry.outcome()).isEqualTo(Outcome.DONE);
            assertThat(entry.about().order()).isEqualTo(order);
        });
        assertThat(page(HttpStatus.OK, "/sagas/%s?done=%s".formatted(id, act)))
                .contains("taken on by the orchestrator", "The carrier answers again", "done");
    }

    @Test
    void aSagaIsResolvedAsWhatWasChosen() {
        assertThat(act("resolve", "Seen to by hand", SEEN)).hasStatus3xxRedirection();

        SERVICES.verify(postRequestedFor(urlPathEqualTo("/sagas/%s/resolve".formatted(id)))
                .withRequestBody(equalToJson("{\"outcome\": \"COMPENSATED\", \"reason\": \"Seen to by hand\"}")));
        assertThat(written()).singleElement().extracting(Entry::what).isEqualTo("resolve as compensated");
    }

    @Test
    void aRefusalIsShownWithItsExplanationAndWrittenDown() {
        orchestrator(problem(409, "This makes no sense as the saga stands", "There is no way back " + HOSTILE));

        MvcTestResult result = act("compensate", "Say \"please\"", SEEN);

        assertThat(result).hasStatus(HttpStatus.CONFLICT);
        assertThat(readable(text(result))).contains(
                "Refused. This makes no sense as the saga stands: There is no way back &lt;script&gt;",
                "value=\"Say &quot;please&quot;\"");
        assertThat(written()).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(entry.detail()).contains("There is no way back");
        });
    }

    @Test
    void whatWasTakenOnThoughNoAnswerWasHeardIsSaidToBeSo() {
        unheard(saga("COMPENSATING", 5, line("RETRIED", "ada: again") + line("RESUMED", "It can go on")));

        MvcTestResult result = act("retry", "again", SEEN);

        assertThat(result).hasStatus3xxRedirection()
                .hasRedirectedUrl("/sagas/%s?done=retry&found=unheard".formatted(id));
        assertThat(page(HttpStatus.OK, "/sagas/%s?done=retry&found=unheard".formatted(id)))
                .contains("Ask again: no answer was heard, but the saga&#39;s own journal has it");
        assertThat(written()).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.DONE);
            assertThat(entry.detail()).isEqualTo("No answer was heard; the saga's own journal has it");
        });
        SERVICES.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void whatWasNotTakenOnAndNoAnswerWasHeardCanBeAskedForAgain() {
        unheard(saga("STUCK", SEEN, ""));

        MvcTestResult result = act("retry", "again", SEEN);

        assertThat(result).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(readable(text(result))).contains(
                "What came of it was not heard: saga-orchestrator has broken off the connection. The saga is as you saw it: it was not taken on so far",
                "once at most", "name=\"version\" value=\"4\"", "value=\"again\"");
        assertThat(written()).singleElement().extracting(Entry::outcome).isEqualTo(Outcome.UNKNOWN);
    }

    /** The same for the same reason, by somebody else, by this person before, and something else by this person. */
    @ParameterizedTest
    @ValueSource(strings = {"RETRIED grace: again", "RETRIED ada: once more", "SKIPPED ada: again"})
    void whereNoAnswerWasHeardAndTheSagaHasMovedOnWithoutItThatIsSaid(String done) {
        unheard(saga("RUNNING", 5, line(done.substring(0, 7), done.substring(8))));

        MvcTestResult result = act("retry", "again", SEEN);

        assertThat(result).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(readable(text(result))).contains("What came of it was not heard", "It was not taken on",
                "It was STUCK at book shipment, and is RUNNING at book shipment now", "What it did since you looked",
                done.substring(8), "name=\"version\" value=\"5\"").doesNotContain("It cannot go on by itself");
    }

    @Test
    void whatSomebodyWantedBeforeTheyLookedIsNotTakenForWhatTheyWantNow() {
        unheard(saga("RUNNING", 6, line("RETRIED", "ada: again") + line("SENT_AGAIN", "BookShipment")));

        MvcTestResult result = http.post().uri("/sagas/%s/retry".formatted(id)).cookie(named("ada"))
                .header("Accept", BROWSER).param("reason", "again").param("version", "4").param("lines", "2")
                .exchange();

        assertThat(readable(text(result))).contains("It was not taken on", "BookShipment");
    }

    @Test
    void whereTheSagaCannotBeLookedAtEitherNobodyKnowsAndAskingAgainIsSafe() {
        orchestrator(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        SERVICES.stubFor(get(urlPathEqualTo("/sagas/" + id)).inScenario("away").whenScenarioStateIs(STARTED)
                .willSetStateTo("gone").willReturn(json(200, saga("STUCK", SEEN, ""))));
        SERVICES.stubFor(get(urlPathEqualTo("/sagas/" + id)).inScenario("away").whenScenarioStateIs("gone")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        MvcTestResult result = act("retry", "again", SEEN);

        assertThat(result).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(readable(text(result))).contains("Nobody knows whether it was taken on", "once at most",
                "name=\"version\" value=\"4\"");
        assertThat(written()).singleElement().extracting(Entry::outcome).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aSagaThatHasMovedOnIsShownAgainWithWhatItDidAndNothingIsDone() {
        answer("/sagas/" + id, saga("RUNNING", 5, line("SENT", "BookShipment")));

        MvcTestResult result = act("compensate", "It hangs", SEEN);

        assertThat(result).hasStatus(HttpStatus.CONFLICT);
        assertThat(readable(text(result))).contains("the saga has moved on since you looked",
                "It was STUCK at book shipment, and is RUNNING at book shipment now", "What it did since you looked",
                "BookShipment", "It hangs", "name=\"version\" value=\"5\"").doesNotContain("It cannot go on by itself");
        nothingIsHandedOn();
        assertThat(written()).isEmpty();
    }

    /** As it looked is not enough: it may have been asked again meanwhile, and stand there as before. */
    @Test
    void aSagaThatStandsWhereItStoodAndHasDoneSomethingMeanwhileHasMovedOnToo() {
        answer("/sagas/" + id, saga("STUCK", 9, line("RETRIED", "grace: again")));

        assertThat(text(act("compensate", "It hangs", SEEN))).contains("the saga has moved on since you looked",
                "It is STUCK at book shipment, as it was, and has done something meanwhile", "grace: again");
        nothingIsHandedOn();
    }

    @Test
    void whatMovesOnJustThenIsRefusedByTheOrchestratorAndSaidInTheSameWay() {
        SERVICES.stubFor(post(urlPathMatching("/sagas/.*")).inScenario("moves").willSetStateTo("moved")
                .willReturn(problem(412, "It is not as it was when it was read", "It is at version 5")));
        SERVICES.stubFor(get(urlPathEqualTo("/sagas/" + id)).inScenario("moves").whenScenarioStateIs(STARTED)
                .willReturn(json(200, saga("STUCK", SEEN, ""))));
        SERVICES.stubFor(get(urlPathEqualTo("/sagas/" + id)).inScenario("moves").whenScenarioStateIs("moved")
                .willReturn(json(200, saga("RUNNING", 5, line("SENT", "BookShipment")))));

        MvcTestResult result = act("compensate", "It hangs", SEEN);

        assertThat(result).hasStatus(HttpStatus.CONFLICT);
        assertThat(readable(text(result))).contains("the saga has moved on since you looked", "BookShipment",
                "name=\"version\" value=\"5\"");
        assertThat(written()).singleElement().extracting(Entry::outcome).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void aFormThatIsSentTwiceIsDoneOnceAndSaysSo() {
        answer("/sagas/" + id, saga("COMPENSATING", 5, line("RESOLVED", "COMPENSATED. ada: again")));

        assertThat(act("resolve", "again", SEEN)).hasStatus3xxRedirection()
                .hasRedirectedUrl("/sagas/%s?done=resolve&found=before".formatted(id));
        assertThat(page(HttpStatus.OK, "/sagas/%s?done=resolve&found=before".formatted(id)))
                .contains("was taken on, and not asked for again");
        nothingIsHandedOn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "two\nlines"})
    void withoutAReasonThatCanBeWrittenDownNothingIsDone(String reason) {
        MvcTestResult result = act("retry", reason, SEEN);

        assertThat(result).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(readable(text(result))).contains("role=\"alert\"");
        assertThat(act("skip", "x".repeat(501), SEEN)).hasStatus(HttpStatus.BAD_REQUEST);
        nothingIsHandedOn();
        assertThat(written()).isEmpty();
    }

    @Test
    void asWhatASagaEndsHasToBeSaid() {
        assertThat(http.post().uri("/sagas/%s/resolve".formatted(id)).cookie(named("ada")).param("reason", "done")
                .param("version", "4").param("outcome", "FORGOTTEN")).hasStatus(HttpStatus.BAD_REQUEST);
        nothingIsHandedOn();
    }

    @Test
    void whoeverHasNoNameIsAskedForItFirst() {
        String confirmation = "/sagas/%s/retry".formatted(id);

        assertThat(http.get().uri(confirmation)).hasStatus3xxRedirection()
                .hasRedirectedUrl("/who?then=" + confirmation.replace("/", "%2F"));
        assertThat(http.post().uri(confirmation).param("reason", "again").param("version", "4"))
                .hasStatus3xxRedirection();
        nothingIsHandedOn();
        assertThat(written()).isEmpty();
    }

    @Test
    void whatCannotBeSeenIsNotSteered() {
        allAreAway();

        assertThat(text(act("retry", "again", SEEN))).contains("How the saga stands is not known at the moment");
        assertThat(act("retry", "again", SEEN)).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
        nothingIsHandedOn();

        nothingIsThere();
        assertThat(act("retry", "again", SEEN)).hasStatus(HttpStatus.NOT_FOUND);
    }
}
