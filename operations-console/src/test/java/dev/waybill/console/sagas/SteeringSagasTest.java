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
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

/** What a person wants of a saga is confirmed, written down, handed on, and what comes of it is shown and written down. */
class SteeringSagasTest extends PageFixture {

    private static final String SEEN = "STUCK / book shipment";

    private final UUID id = UUID.randomUUID();

    @Autowired
    private Journal journal;

    @BeforeEach
    void thereIsAStuckSaga() {
        answer("/sagas/" + id,
                """
                        {"id": "%s", "type": "order-fulfillment", "orderId": "%s", "status": "STUCK", "step": "book shipment", "version": 4}
                        """
                        .formatted(id, order));
        orchestrator(json(202, "{\"id\": \"%s\"}".formatted(id)));
    }

    private static void orchestrator(ResponseDefinitionBuilder answer) {
        SERVICES.stubFor(post(urlPathMatching("/sagas/.*")).willReturn(answer));
    }

    private MvcTestResult act(String act, String reason, String seen) {
        return http.post().uri("/sagas/%s/%s".formatted(id, act)).cookie(named("ada")).header("Accept", BROWSER)
                .param("reason", reason).param("outcome", "COMPENSATED").param("seen", seen).exchange();
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
                "stuck: a person has to help", "value=\"%s\"".formatted(SEEN), "name=\"reason\"", "You: ada");
        nothingIsHandedOn();
        assertThat(written()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"retry", "skip", "compensate"})
    void whatIsConfirmedIsHandedOnWithNameAndReason(String act) {
        assertThat(act(act, "  The carrier answers again ", SEEN)).hasStatus3xxRedirection()
                .hasRedirectedUrl("/sagas/%s?done=%s".formatted(id, act));

        SERVICES.verify(postRequestedFor(urlPathEqualTo("/sagas/%s/%s".formatted(id, act)))
                .withHeader("X-Operator", equalTo("ada"))
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
    void whereTheOrchestratorFallsSilentNobodyKnowsWhatWasDone() {
        orchestrator(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        MvcTestResult result = act("retry", "again", SEEN);

        assertThat(result).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(readable(text(result))).contains("Nobody knows whether it was taken on");
        assertThat(written()).singleElement().extracting(Entry::outcome).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aSagaThatHasMovedOnIsShownAgainAndNothingIsDone() {
        MvcTestResult result = act("compensate", "It hangs", "RUNNING / reserve stock");

        assertThat(result).hasStatus(HttpStatus.CONFLICT);
        assertThat(readable(text(result))).contains("the saga has moved on since you looked", SEEN, "It hangs");
        nothingIsHandedOn();
        assertThat(written()).isEmpty();
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
                .param("seen", SEEN).param("outcome", "FORGOTTEN")).hasStatus(HttpStatus.BAD_REQUEST);
        nothingIsHandedOn();
    }

    @Test
    void whoeverHasNoNameIsAskedForItFirst() {
        String confirmation = "/sagas/%s/retry".formatted(id);

        assertThat(http.get().uri(confirmation)).hasStatus3xxRedirection()
                .hasRedirectedUrl("/who?then=" + confirmation.replace("/", "%2F"));
        assertThat(http.post().uri(confirmation).param("reason", "again").param("seen", SEEN))
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
