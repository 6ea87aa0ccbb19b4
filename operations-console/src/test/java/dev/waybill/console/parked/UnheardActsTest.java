package dev.waybill.console.parked;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.waybill.console.journal.About;
import dev.waybill.console.journal.Entry;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.journal.Outcome;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static dev.waybill.console.parked.ParkedJson.act;
import static dev.waybill.console.parked.ParkedJson.json;
import static dev.waybill.console.parked.ParkedJson.listing;
import static dev.waybill.console.parked.ParkedJson.message;
import static dev.waybill.console.parked.StandIns.PARKED;
import static org.assertj.core.api.Assertions.assertThat;

/** What is said of an act on a message that has changed meanwhile, or to which nobody has heard an answer: what is true, and no more. */
@SteeringTest
class UnheardActsTest {

    private static final Map<String, String> BEFORE = act("DISCARDED", "ada", "no use", "2026-11-20T14:00:00Z");

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
    void whatWasDecidedAboutAMessageThatHasChangedSinceIsNotDoneAndItIsShownAsItIs() {
        var newest = message(id, key, 9);
        newest.put("journal", List.of(act("EDITED", "grace", "wrong currency")));
        StandIns.paymentSays(get(urlPathEqualTo(PARKED + "/" + id)).willReturn(okJson(json(newest))));
        for (String act : List.of("/replay", "/discard")) {
            StandIns.paymentSays(post(urlPathEqualTo(PARKED + "/" + id + act))
                    .willReturn(jsonResponse("{\"title\": \"It is not as it was when it was read\"}", 412)));
            assertThat(send(act, "reason", "because", "version", "7")).hasStatus(HttpStatus.PRECONDITION_FAILED)
                    .bodyText()
                    .contains("Nothing was done: the message has changed since you looked, when it was at version 7",
                            "wrong currency", "name=\"version\" value=\"9\"");
        }
    }

    /** The service's own journal tells it, also when the message is gone. */
    @Test
    void whatWasDoneThoughNoAnswerWasHeardIsSaidToBeSo() {
        unheard(post(urlPathEqualTo(PARKED + "/" + id + "/discard")), jsonResponse("{}", 404));
        acts(List.of(act("DISCARDED", "ada", "no use")));

        assertThat(send("/discard", "reason", "no use", "version", "7")).hasStatusOk().bodyText()
                .contains(
                        "No answer was heard, but the service&#39;s journal has it: discarded by ada at 2026-11-21 14:05:00 UTC: no use");
        assertThat(journal.about(About.message("payment-service", id))).first().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.DONE);
            assertThat(entry.detail()).contains("No answer was heard");
        });
    }

    @Test
    void aReplayOfWhichNoAnswerWasHeardAndThatFailedIsSaidToHaveFailed() {
        unheard(post(urlPathEqualTo(PARKED + "/" + id + "/replay")), okJson(json(message(id, key, 8))));
        acts(List.of(act("FAILED", "ada", "mended")));

        assertThat(send("/replay", "reason", "mended", "version", "7")).hasStatusOk().bodyText()
                .contains("failed by ada").containsPattern("class=\"notice bad\"");
    }

    /** By somebody else, for another reason, before: the message is gone all the same, and it is said by whom. */
    @Test
    void whatSomebodyElseHasDoneMeanwhileIsNotTakenForOnesOwn() {
        unheard(post(urlPathEqualTo(PARKED + "/" + id + "/discard")), jsonResponse("{}", 404));
        acts(List.of(act("DISCARDED", "grace", "no use"), act("DISCARDED", "ada", "another reason"),
                act("HANDLED", "ada", "no use"),
                BEFORE));

        assertThat(send("/discard", "reason", "no use", "version", "7")).hasStatus(HttpStatus.NOT_FOUND).bodyText()
                .contains("What came of it was not heard", "The message is gone.",
                        "There is no such parked message any more: discarded by grace at");
        assertThat(journal.about(About.message("payment-service", id))).first()
                .extracting(Entry::outcome).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void anEditThatIsMadeThoughNoAnswerWasHeardIsSaidToBeMade() {
        var edited = message(id, key, 8);
        edited.put("edited", true);
        edited.put("payload", "{\"amount\":2}");
        unheard(put(urlPathEqualTo(PARKED + "/" + id)), okJson(json(edited)));

        assertThat(send("/edit/send", "payload", "{\"amount\":2}", "version", "7", "reason", "wrong amount"))
                .hasStatus3xxRedirection().hasRedirectedUrl(page + "?done=unheard");
        assertThat(http.get().uri(page + "?done=unheard")).bodyText()
                .contains("No answer was heard, but the edit is made: what stands here is what you have typed.");
        assertThat(journal.about(About.message("payment-service", id))).first().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.DONE);
            assertThat(entry.detail()).isEqualTo("No answer was heard; it stands there");
        });
    }

    @Test
    void anEditThatIsNotMadeAndOfWhichNoAnswerWasHeardCanBeMadeAgain() {
        unheard(put(urlPathEqualTo(PARKED + "/" + id)), okJson(json(message(id, key, 7))));

        assertThat(send("/edit/send", "payload", "{\"amount\":2}", "version", "7", "reason", "wrong amount"))
                .hasStatus(HttpStatus.BAD_GATEWAY).bodyText()
                .contains("The message is as you saw it: nothing was done so far.", "once at most",
                        "name=\"version\" value=\"7\"")
                .doesNotContain("This message has changed");
    }

    @Test
    void whereNoAnswerToAnEditWasHeardAndSomethingElseStandsThereThatIsShown() {
        var other = message(id, key, 9);
        other.put("edited", true);
        other.put("payload", "{\"amount\":5}");
        other.put("journal", List.of(act("EDITED", "grace", "wrong currency"), act("EDITED", "ada", "wrong amount")));
        unheard(put(urlPathEqualTo(PARKED + "/" + id)), okJson(json(other)));

        assertThat(send("/edit/send", "payload", "{\"amount\":2}", "version", "7", "reason", "wrong amount"))
                .hasStatus(HttpStatus.BAD_GATEWAY).bodyText()
                .contains("What came of it was not heard", "This message has changed since you looked",
                        "edited by ada at 2026-11-21 14:05:00 UTC: wrong amount",
                        "<ins>  &quot;amount&quot; : 2</ins>");
    }

    @Test
    void anEditThatIsSentTwiceIsMadeOnceAndSaysSo() {
        var edited = message(id, key, 8);
        edited.put("edited", true);
        edited.put("payload", "{\"amount\":2}");
        StandIns.paymentSays(get(urlPathEqualTo(PARKED + "/" + id)).willReturn(okJson(json(edited))));
        StandIns.paymentSays(put(urlPathEqualTo(PARKED + "/" + id))
                .willReturn(jsonResponse("{\"title\": \"It is not as it was when it was read\"}", 412)));

        assertThat(send("/edit/send", "payload", "{\"amount\":2}", "version", "7", "reason", "wrong amount"))
                .hasStatus3xxRedirection().hasRedirectedUrl(page + "?done=before");
        assertThat(http.get().uri(page + "?done=before")).bodyText().contains("The edit was made before");
    }

    private static void acts(List<Map<String, String>> acts) {
        StandIns.paymentSays(
                get(urlPathEqualTo("/operations/parked-acts")).willReturn(okJson(listing(null, acts))));
    }

    /** The message is as it was, then it is asked for something, the connection breaks off, and it is another one. */
    private void unheard(MappingBuilder asked, ResponseDefinitionBuilder after) {
        var before = message(id, key, 7);
        before.put("journal", List.of(BEFORE));
        StandIns.paymentSays(get(urlPathEqualTo(PARKED + "/" + id)).inScenario("asked").whenScenarioStateIs(STARTED)
                .willReturn(okJson(json(before))));
        StandIns.paymentSays(get(urlPathEqualTo(PARKED + "/" + id)).inScenario("asked").whenScenarioStateIs("done")
                .willReturn(after));
        StandIns.paymentSays(asked.inScenario("asked").willSetStateTo("done")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    }

    private MvcTestResult send(String act, String... parameters) {
        var request = http.post().uri(page + act).cookie(new Cookie("operator", "ada"));
        for (int n = 0; n < parameters.length; n += 2) {
            request = request.param(parameters[n], parameters[n + 1]);
        }
        return request.exchange();
    }
}
