package dev.waybill.console.sagas;

import dev.waybill.console.PageFixture;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import java.util.Collections;
import java.util.UUID;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/** Sagas, those first that need somebody. */
class SagasPageTest extends PageFixture {

    private final UUID id = UUID.randomUUID();

    private String saga(UUID id, String status, String step, String started) {
        return """
                {"id": "%s", "type": "order-fulfillment", "orderId": "%s", "orderNumber": "W-100042", "status": "%s", "step": "%s", "startedAt": "%s",
                 "updatedAt": "2026-11-21T14:00:00Z", "version": 4,
                 "journal": [{"at": "2026-11-21T14:00:00Z", "step": "%4$s", "kind": "UNDO_REFUSED", "detail": "%6$s"}]}
                """
                .formatted(id, order, status, step, started, HOSTILE);
    }

    /** The oldest of a state that does not last, as the orchestrator lists them. */
    private static void oldest(String status, String items, String next) {
        SERVICES.stubFor(get(urlPathEqualTo("/sagas")).withQueryParam("status", equalTo(status))
                .withQueryParam("oldestFirst", equalTo("true")).withQueryParam("cursor", absent())
                .willReturn(json(200, "{\"items\": [%s], \"next\": %s}".formatted(items, next))));
    }

    private static void counted(String items) {
        answer("/sagas/counts", "{\"items\": [%s], \"next\": null}".formatted(items));
    }

    private static void list(String status, String items, String next) {
        SERVICES.stubFor(get(urlPathEqualTo("/sagas")).withQueryParam("status", equalTo(status))
                .willReturn(json(200, "{\"items\": [%s], \"next\": %s}".formatted(items, next))));
    }

    @Test
    void theStuckOnesComeFirstAndAmongThemTheOldest() {
        UUID oldRunning = UUID.randomUUID();
        UUID back = UUID.randomUUID();
        UUID stuck = UUID.randomUUID();
        UUID longStuck = UUID.randomUUID();
        oldest("RUNNING", saga(oldRunning, "RUNNING", "reserve stock", "2026-11-20T10:00:00Z"), "null");
        oldest("COMPENSATING", saga(back, "COMPENSATING", "reserve stock", "2026-11-19T10:00:00Z"), "null");
        oldest("STUCK", saga(longStuck, "STUCK", "complete", "2026-11-21T12:00:00Z") + ","
                + saga(stuck, "STUCK", "complete", "2026-11-21T13:00:00Z"), "null");
        counted("""
                {"status": "RUNNING", "step": "reserve stock", "sagas": 1}, {"status": "STUCK", "step": "complete", "sagas": 2},
                {"status": "COMPENSATING", "step": "reserve stock", "sagas": 1}""");

        String page = page(HttpStatus.OK, "/sagas");

        assertThat(found("href=\"/sagas/([0-9a-f-]{36})\"", page)).containsExactly(longStuck.toString(),
                stuck.toString(), back.toString(), oldRunning.toString());
        assertThat(page).containsPattern("(?s)2 stuck at complete.*1 compensating at.*1 running at reserve stock")
                .doesNotContain("below these");
        SERVICES.verify(0, getRequestedFor(urlPathEqualTo("/sagas")).withQueryParam("status", equalTo("COMPLETED")));
    }

    @Test
    void theOrderIsNamedByItsNumberAndByItsIdOnlyWhereThatIsNotKnown() {
        UUID unnamed = UUID.randomUUID();
        oldest("STUCK", saga(id, "STUCK", "complete", "2026-11-21T12:00:00Z") + ","
                + saga(unnamed, "STUCK", "complete", "2026-11-21T13:00:00Z").replace("\"W-100042\"", "null"), "null");

        assertThat(page(HttpStatus.OK, "/sagas?status=STUCK")).contains(
                "href=\"/orders/%s\">W-100042</a>".formatted(order), "href=\"/orders/%1$s\">%1$s</a>".formatted(order));
    }

    /** However many there are: the orchestrator gives the oldest, and counts them all. */
    @Test
    void ofManyTheOldestAreListedAndAllAreCounted() {
        String one = saga(id, "STUCK", "complete", "2026-11-21T13:00:00Z");
        String running = saga(id, "RUNNING", "reserve stock", "2026-11-21T13:00:00Z");
        oldest("STUCK", String.join(",", Collections.nCopies(100, one)), "\"more\"");
        oldest("RUNNING", String.join(",", Collections.nCopies(30, running)), "null");
        counted("""
                {"status": "STUCK", "step": "complete", "sagas": 12345}, {"status": "RUNNING", "step": "reserve stock", "sagas": 30}""");

        String page = page(HttpStatus.OK, "/sagas");

        assertThat(page).contains("12345 stuck at complete", "12245 more stand below these.",
                "href=\"/sagas?status=STUCK&amp;step=&amp;type=&amp;olderThan=\"");
        assertThat(found("href=\"/sagas/([0-9a-f-]{36})\"", page)).hasSize(130);
        SERVICES.verify(3, getRequestedFor(urlPathEqualTo("/sagas")));
    }

    @Test
    void thoseOfOneStateAreReadPageByPageToTheLast() {
        UUID later = UUID.randomUUID();
        oldest("STUCK", saga(id, "STUCK", "complete", "2026-11-21T13:00:00Z"), "\"more-Of_it\"");
        SERVICES.stubFor(get(urlPathEqualTo("/sagas")).withQueryParam("cursor", equalTo("more-Of_it"))
                .withQueryParam("oldestFirst", equalTo("true")).withQueryParam("step", equalTo("complete"))
                .withQueryParam("olderThan", equalTo("PT5M")).willReturn(json(200, "{\"items\": [%s], \"next\": null}"
                        .formatted(saga(later, "STUCK", "complete", "2026-11-21T14:00:00Z")))));
        String wanted = "/sagas?status=STUCK&step=complete&type=&olderThan=PT5M";

        assertThat(page(HttpStatus.OK, wanted)).contains("The oldest first", "Those that were begun later",
                "%s&amp;cursor=more-Of_it".formatted(wanted.replace("&", "&amp;")));
        assertThat(page(HttpStatus.OK, wanted + "&cursor=more-Of_it")).contains("href=\"/sagas/" + later,
                // What is watched and exchanged is this page and not the first one.
                "hx-get=\"%s&amp;cursor=more-Of_it\"".formatted(wanted.replace("&", "&amp;")))
                .doesNotContain("Those that were begun later");
        SERVICES.verify(2, getRequestedFor(urlPathEqualTo("/sagas/counts")).withQueryParam("status", equalTo("STUCK"))
                .withQueryParam("step", equalTo("complete")).withQueryParam("olderThan", equalTo("PT5M")));
        SERVICES.verify(0, getRequestedFor(urlPathEqualTo("/sagas")).withQueryParam("status", equalTo("RUNNING")));
    }

    @Test
    void withoutCountsTheSagasAreListedAllTheSame() {
        oldest("STUCK", saga(id, "STUCK", "complete", "2026-11-21T13:00:00Z"), "\"more\"");
        SERVICES.stubFor(get(urlPathEqualTo("/sagas/counts")).willReturn(json(503, "")));

        assertThat(page(HttpStatus.OK, "/sagas")).contains("href=\"/sagas/" + id, "More stand below these.",
                "saga-orchestrator cannot answer at the moment (503)");
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
