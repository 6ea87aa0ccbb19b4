package dev.waybill.console.sagas;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.waybill.console.journal.Entry;
import dev.waybill.console.journal.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

/** What is said of a wish to which nobody has heard an answer: what is true, and no more. */
class UnheardWishesTest extends SteeringFixture {

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

    /** It was still on its way when the saga was looked at first. */
    @Test
    void whatIsTakenOnOnlyNowIsNotSaidToBeNotTakenOn() {
        String late = "it is taken on late";
        SERVICES.stubFor(get(urlPathEqualTo("/sagas/" + id)).inScenario(late).whenScenarioStateIs(STARTED)
                .willReturn(json(200, saga("STUCK", SEEN, ""))));
        SERVICES.stubFor(post(urlPathMatching("/sagas/.*")).inScenario(late).willSetStateTo("asked")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        SERVICES.stubFor(get(urlPathEqualTo("/sagas/" + id)).inScenario(late).whenScenarioStateIs("asked")
                .willSetStateTo("taken on").willReturn(json(200, saga("STUCK", SEEN, ""))));
        SERVICES.stubFor(get(urlPathEqualTo("/sagas/" + id)).inScenario(late).whenScenarioStateIs("taken on")
                .willReturn(json(200, saga("COMPENSATING", 5, line("RETRIED", "ada: again")))));

        assertThat(act("retry", "again", SEEN)).hasStatus3xxRedirection()
                .hasRedirectedUrl("/sagas/%s?done=retry&found=unheard".formatted(id));
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
}
