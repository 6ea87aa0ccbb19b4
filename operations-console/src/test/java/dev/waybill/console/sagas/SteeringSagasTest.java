package dev.waybill.console.sagas;

import dev.waybill.console.journal.Entry;
import dev.waybill.console.journal.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

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
class SteeringSagasTest extends SteeringFixture {

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
