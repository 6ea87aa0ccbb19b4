package dev.waybill.console.sagas;

import dev.waybill.console.PageFixture;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import java.util.Collections;
import java.util.UUID;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.lessThanOrExactly;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/** Sagas, those first that need somebody. */
class SagasPageTest extends PageFixture {

    private final UUID id = UUID.randomUUID();

    private String saga(UUID id, String status, String step, String started) {
        return """
                {"id": "%s", "type": "order-fulfillment", "orderId": "%s", "status": "%s", "step": "%s", "startedAt": "%s",
                 "updatedAt": "2026-11-21T14:00:00Z", "version": 4,
                 "journal": [{"at": "2026-11-21T14:00:00Z", "step": "%4$s", "kind": "UNDO_REFUSED", "detail": "%6$s"}]}
                """
                .formatted(id, order, status, step, started, HOSTILE);
    }

    private static void list(String status, String items, String next) {
        SERVICES.stubFor(get(urlPathEqualTo("/sagas")).withQueryParam("status", equalTo(status))
                .willReturn(json(200, "{\"items\": [%s], \"next\": %s}".formatted(items, next))));
    }

    @Test
    void theStuckOnesComeFirstAndAmongThemTheOldest() {
        UUID oldRunning = UUID.randomUUID();
        UUID stuck = UUID.randomUUID();
        UUID longStuck = UUID.randomUUID();
        list("RUNNING", saga(oldRunning, "RUNNING", "reserve stock", "2026-11-20T10:00:00Z"), "null");
        list("STUCK", saga(stuck, "STUCK", "complete", "2026-11-21T13:00:00Z") + ","
                + saga(longStuck, "STUCK", "complete", "2026-11-21T12:00:00Z"), "null");

        String page = page(HttpStatus.OK, "/sagas");

        assertThat(found("href=\"/sagas/([0-9a-f-]{36})\"", page))
                .containsExactly(longStuck.toString(), stuck.toString(), oldRunning.toString());
        assertThat(page).contains("2 stuck at complete", "1 running at reserve stock");
        SERVICES.verify(0, getRequestedFor(urlPathEqualTo("/sagas")).withQueryParam("status", equalTo("COMPLETED")));
    }

    @Test
    void nobodyWaitsLongWhereEveryPageOfTheListIsSlow() {
        list("STUCK", saga(id, "STUCK", "complete", "2026-11-21T13:00:00Z"), "\"more\"");
        SERVICES.setGlobalFixedDelay(900);

        assertThat(page(HttpStatus.OK, "/sagas?status=STUCK")).contains("There are more than can be put in order here");

        SERVICES.verify(lessThanOrExactly(3), getRequestedFor(urlPathEqualTo("/sagas")));
    }

    @Test
    void noMoreAreListedThanAPageHoldsAndAllAreCounted() {
        String one = saga(id, "STUCK", "complete", "2026-11-21T13:00:00Z");
        list("STUCK", String.join(",", Collections.nCopies(100, one)), "\"more\"");

        String page = page(HttpStatus.OK, "/sagas?status=STUCK");

        assertThat(page).containsPattern("[2-5]00 stuck at complete");
        assertThat(found("href=\"/sagas/([0-9a-f-]{36})\"", page)).hasSize(200);
        assertThat(page).containsPattern("[1-3]00 more stand below these");
    }

    @Test
    void allOfThemAreReadAsFarAsThereAreNotTooMany() {
        list("STUCK", saga(id, "STUCK", "complete", "2026-11-21T13:00:00Z"), "\"more\"");

        assertThat(page(HttpStatus.OK, "/sagas?status=STUCK&step=complete&olderThan=PT5M"))
                .contains("There are more than can be put in order here", "5 stuck at complete");

        SERVICES.verify(1, getRequestedFor(urlPathEqualTo("/sagas")).withoutQueryParam("cursor")
                .withQueryParam("step", equalTo("complete")).withQueryParam("olderThan", equalTo("PT5M")));
        SERVICES.verify(4, getRequestedFor(urlPathEqualTo("/sagas")).withQueryParam("cursor", equalTo("more")));
        SERVICES.verify(0, getRequestedFor(urlPathEqualTo("/sagas")).withQueryParam("status", equalTo("RUNNING")));
    }

    @Test
    void whatIsToBeDoneAboutAllOfThemIsSaidOnAPageOfItsOwn() {
        list("STUCK", saga(id, "STUCK", "complete", "2026-11-21T13:00:00Z"), "null");

        assertThat(page(HttpStatus.OK, "/sagas?status=STUCK&step=complete")).contains(
                "href=\"/sagas/together?status=STUCK&amp;step=complete&amp;type=&amp;olderThan=\"");
        MvcTestResult form = http.get().uri("/sagas/together?status=STUCK&step=\"<b>").cookie(named("ada")).exchange();
        assertThat(form).hasStatusOk();
        assertThat(readable(text(form))).contains("action=\"/sagas/selection\"", "name=\"status\" value=\"STUCK\"",
                "name=\"step\" value=\"&quot;&lt;b&gt;\"", "name=\"act\" value=\"RETRY\"");
        assertThat(http.get().uri("/sagas/together").cookie(named("ada"))).hasRedirectedUrl("/sagas");
        assertThat(http.get().uri("/sagas/together?status=STUCK&step=complete"))
                .hasRedirectedUrl("/who?then=%2Fsagas%2Ftogether%3Fstatus%3DSTUCK%26step%3Dcomplete");
    }

    @Test
    void ofFinishedOnesTheNewestAreShownPageByPage() {
        list("COMPLETED", saga(id, "COMPLETED", "complete", "2026-11-21T13:00:00Z"), "\"more\"");

        assertThat(page(HttpStatus.OK, "/sagas?status=COMPLETED")).contains("The newest first", "cursor=more",
                "hx-trigger=\"none\"").doesNotContain("hx-trigger=\"live\"");
    }

    @Test
    void noneAwayAndRefusedAreSaid() {
        assertThat(page(HttpStatus.OK, "/sagas?status=NONSENSE")).contains("No saga is like that.");

        SERVICES.stubFor(get(urlPathEqualTo("/sagas"))
                .willReturn(problem(400, "The request is not valid", "A duration is wanted here")));
        assertThat(page(HttpStatus.OK, "/sagas?olderThan=long")).containsOnlyOnce("A duration is wanted here")
                .doesNotContain("No saga is like that.");

        allAreAway();
        assertThat(page(HttpStatus.OK, "/sagas")).containsOnlyOnce("saga-orchestrator has broken off");
        assertThat(page(HttpStatus.OK, "/sagas?status=COMPENSATED")).contains("saga-orchestrator has broken off");
    }

    @Test
    void oneIsShownWithItsJournalAndWhatCanBeDoneAboutIt() {
        answer("/sagas/" + id, saga(id, "STUCK", "book shipment", "2026-11-21T13:00:00Z"));
        answer("/orders/" + order, "{\"id\": \"%s\", \"number\": \"W-100042\"}".formatted(order));
        answer("/operations/outside-calls", """
                {"items": [{"id": "%s", "kind": "BOOK", "attempts": 4, "lastError": "Cut off"}]}
                """.formatted(UUID.randomUUID()));

        assertThat(page(HttpStatus.OK, "/sagas/" + id)).contains("Saga of order W-100042",
                "stuck: a person has to help",
                "book shipment", "undo refused", "&lt;script&gt;", "href=\"/orders/%s\"".formatted(order), "Cut off",
                "href=\"/sagas/%s/retry\"".formatted(id), "href=\"/sagas/%s/skip\"".formatted(id),
                "href=\"/sagas/%s/compensate\"".formatted(id), "href=\"/sagas/%s/resolve\"".formatted(id));
        assertThat(http.get().uri("/sagas/" + id).header("HX-Request", "true")).hasStatusOk().bodyText()
                .startsWith("<div id=\"now\"").doesNotContain("<html");
    }

    @Test
    void aFinishedOneCanOnlyBeRead() {
        answer("/sagas/" + id, saga(id, "COMPENSATED", "end order", "2026-11-21T13:00:00Z"));

        assertThat(page(HttpStatus.OK, "/sagas/" + id)).contains("undone: nothing of it is left")
                .doesNotContain("/retry", "hx-trigger=\"live\"");
    }

    @Test
    void anUnknownOneIsAPageThatSaysSo() {
        assertThat(page(HttpStatus.NOT_FOUND, "/sagas/" + id)).contains("There is no such saga");
        assertThat(page(HttpStatus.NOT_FOUND, "/sagas/" + id + "/explode")).contains("There is nothing here");
        assertThat(http.get().uri("/sagas/" + id)).hasStatus(HttpStatus.NOT_FOUND)
                .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void withoutTheOrchestratorThatIsSaid() {
        allAreAway();

        assertThat(page(HttpStatus.SERVICE_UNAVAILABLE, "/sagas/" + id)).contains("saga-orchestrator has broken off");
    }
}
