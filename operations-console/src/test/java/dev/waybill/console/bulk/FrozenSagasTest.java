package dev.waybill.console.bulk;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.parked.StandIns;
import dev.waybill.console.parked.SteeringTest;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static dev.waybill.console.parked.ParkedJson.json;
import static dev.waybill.console.parked.ParkedJson.listing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Sagas together, by the same engine as parked messages. */
@SteeringTest
class FrozenSagasTest {

    private static final String SAGAS = "/saga/sagas";

    private final UUID stuck = UUID.randomUUID();
    private final UUID moved = UUID.randomUUID();
    private final UUID running = UUID.randomUUID();
    private final WireMockServer orchestrator = StandIns.others();

    @Autowired
    private MockMvcTester http;

    @Autowired
    private BulkWorker worker;

    @Autowired
    private JdbcClient database;

    @Autowired
    private Journal journal;

    @BeforeEach
    void twoAreStuckAndOneRuns() {
        StandIns.reset();
        var all = List.of(saga(running, "RUNNING", 2), saga(moved, "STUCK", 5), saga(stuck, "STUCK", 7));
        List.of("STUCK", "RUNNING").forEach(status -> orchestrator.stubFor(get(urlPathEqualTo(SAGAS))
                .withQueryParam("step", equalTo("complete")).withQueryParam("oldestFirst", equalTo("true"))
                .withQueryParam("status", equalTo(status))
                .willReturn(okJson(listing(null,
                        all.stream().filter(saga -> status.equals(saga.get("status"))).toList())))));
        all.forEach(saga -> {
            String path = SAGAS + "/" + saga.get("id");
            orchestrator.stubFor(get(urlPathEqualTo(path)).willReturn(okJson(json(saga))));
            for (String act : List.of("/retry", "/skip", "/compensate", "/resolve")) {
                orchestrator.stubFor(post(urlPathEqualTo(path + act)).willReturn(jsonResponse(json(saga), 202)));
            }
        });
    }

    @AfterEach
    void clear() {
        database.sql("delete from bulk_selection").update();
    }

    @Test
    void stuckOnesAreResolvedAndThoseThatAreNotStuckAreLeftOut() {
        String page = freeze("COMPLETED");
        assertThat(http.get().uri(page)).bodyText().contains("Resolve sagas as completed",
                "This acts on <b>2</b> items", "They are not stuck", "/sagas/" + stuck)
                .doesNotContain(running.toString());

        orchestrator
                .stubFor(get(urlPathEqualTo(SAGAS + "/" + moved)).willReturn(okJson(json(saga(moved, "RUNNING", 6)))));
        workOff(page, "2");
        orchestrator.verify(1, postRequestedFor(anyUrl()));
        orchestrator.verify(1, postRequestedFor(urlPathEqualTo(SAGAS + "/" + stuck + "/resolve"))
                .withHeader("X-Operator", equalTo("ada"))
                .withRequestBody(matchingJsonPath("$.outcome", equalTo("COMPLETED")))
                .withRequestBody(matchingJsonPath("$.reason", equalTo("the carrier has confirmed"))));
        assertThat(http.get().uri(page)).bodyText().contains("1 done, 1 passed over",
                "It has moved since it was frozen: it is RUNNING, at complete now.");
    }

    @Test
    void manyAreTurnedBackWhenItWasSaidWhatThatMeansAndNoneThatTurnsBackAlready() {
        UUID back = UUID.randomUUID();
        orchestrator.stubFor(get(urlPathEqualTo(SAGAS)).withQueryParam("status", equalTo("COMPENSATING"))
                .willReturn(okJson(listing(null, List.of(saga(back, "COMPENSATING", 3))))));
        orchestrator.stubFor(post(urlPathEqualTo(SAGAS + "/" + stuck + "/compensate")).willReturn(jsonResponse(
                "{\"title\": \"This makes no sense as the saga stands\", \"detail\": \"no way back\"}", 409)));
        String page = freeze("COMPENSATE");
        assertThat(http.get().uri(page)).bodyText().contains("Compensate sagas", "This acts on <b>3</b> items",
                "payments are voided", "Nobody can take that back", "They turn back already")
                .doesNotContain(back.toString());
        orchestrator.verify(0, postRequestedFor(anyUrl()));

        workOff(page, "3");
        orchestrator.verify(3, postRequestedFor(urlPathMatching(SAGAS + "/.*/compensate")));
        orchestrator.verify(1, postRequestedFor(urlPathEqualTo(SAGAS + "/" + moved + "/compensate"))
                .withHeader("X-Operator", equalTo("ada")).withHeader("If-Match", equalTo("\"5\""))
                .withRequestBody(matchingJsonPath("$.reason", equalTo("the carrier has confirmed"))));
        assertThat(http.get().uri(page)).bodyText().contains("2 done, 1 passed over", "no way back");
    }

    @Test
    void theStepOfManyIsSkipped() {
        String page = freeze("SKIP");
        assertThat(http.get().uri(page)).bodyText().contains("nobody will do it any more",
                "This acts on <b>3</b> items");
        workOff(page, "3");
        orchestrator.verify(3, postRequestedFor(urlPathMatching(SAGAS + "/.*/skip")));
    }

    @Test
    void oneThatComesFromOneStateToAnotherWhileTheyAreReadIsInItOnceAsItWasLast() {
        orchestrator.stubFor(get(urlPathEqualTo(SAGAS)).withQueryParam("status", equalTo("RUNNING"))
                .willReturn(okJson(listing(null, List.of(saga(stuck, "RUNNING", 6))))));
        String page = freeze("RETRY");
        assertThat(http.get().uri(page)).bodyText().contains("This acts on <b>2</b> items");
        workOff(page, "2");
        orchestrator.verify(1, postRequestedFor(urlPathEqualTo(SAGAS + "/" + stuck + "/retry"))
                .withHeader("If-Match", equalTo("\"7\"")));
    }

    @Test
    void moreThanAreReadAreNotFrozenAndItIsSaid() {
        orchestrator.stubFor(get(urlPathEqualTo(SAGAS)).withQueryParam("status", equalTo("RUNNING")).willReturn(
                okJson(listing("more", IntStream.range(0, 100).mapToObj(n -> saga(UUID.randomUUID(), "RUNNING", n % 60))
                        .toList()))));
        String page = freeze("COMPLETED");
        assertThat(http.get().uri(page)).bodyText().contains("There is nothing in this selection.",
                "There are more than the 300 that are read for a selection: narrow what is looked for");
        orchestrator.verify(3, getRequestedFor(urlPathEqualTo(SAGAS)).withQueryParam("status", equalTo("RUNNING")));
    }

    @Test
    void aRetryThatMakesNoSenseAnyMoreIsPassedOver() {
        orchestrator.stubFor(post(urlPathEqualTo(SAGAS + "/" + stuck + "/retry")).willReturn(jsonResponse(
                "{\"title\": \"This makes no sense as the saga stands\"}", 409)));
        String page = freeze("RETRY");
        workOff(page, "3");
        assertThat(http.get().uri(page)).bodyText().contains("2 done, 1 passed over",
                "This makes no sense as the saga stands");
    }

    @Test
    void itStandsWithEachOfTheOrdersThatItIsAbout() {
        String page = freeze("COMPLETED");

        assertThat(journal.ofOrder(orderOf(stuck)).found()).singleElement()
                .satisfies(entry -> assertThat(entry.about().page()).isEqualTo(page));
        assertThat(journal.ofOrder(orderOf(running)).found()).isEmpty();
    }

    @Test
    void theOldestStandFirst() {
        assertThat(http.get().uri(freeze("RETRY"))).bodyText()
                .containsPattern("(?s)/sagas/%s.*/sagas/%s.*/sagas/%s".formatted(running, moved, stuck));
    }

    @Test
    void whereAListCannotBeReadNothingOfItIsFrozenAndItIsSaid() {
        orchestrator.stubFor(get(urlPathEqualTo(SAGAS)).withQueryParam("status", equalTo("RUNNING"))
                .willReturn(jsonResponse("{}", 503)));
        assertThat(http.get().uri(freeze("RETRY"))).bodyText().contains("There is nothing in this selection.",
                "saga-orchestrator cannot answer at the moment (503)");
    }

    @Test
    void withoutAnActOrAReasonNothingIsFrozen() {
        assertThat(http.get().uri("/sagas/together?status=STUCK").cookie(new Cookie("operator", "ada"))).bodyText()
                .contains("value=\"RETRY\"", "value=\"SKIP\"", "value=\"COMPENSATE\"", "value=\"COMPLETED\"",
                        "value=\"COMPENSATED\"");
        assertThat(http.post().uri("/sagas/selection").cookie(new Cookie("operator", "ada")).param("act", "DELETE")
                .param("why", "because")).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(http.post().uri("/sagas/selection").cookie(new Cookie("operator", "ada")).param("act", "RETRY"))
                .hasStatus(HttpStatus.BAD_REQUEST);
        orchestrator.verify(0, postRequestedFor(anyUrl()));
    }

    private static UUID orderOf(UUID saga) {
        return new UUID(saga.getLeastSignificantBits(), saga.getMostSignificantBits());
    }

    private static Map<String, ?> saga(UUID id, String status, long version) {
        return Map.of("id", id, "type", "order-fulfillment", "orderId", orderOf(id), "status", status, "step",
                "complete", "startedAt", "2026-11-21T14:00:%02dZ".formatted(version), "updatedAt",
                "2026-11-21T14:00:00Z", "version",
                version);
    }

    /** @return the selection's page */
    private String freeze(String act) {
        MvcTestResult frozen = http.post().uri("/sagas/selection").cookie(new Cookie("operator", "ada"))
                .param("step", "complete").param("act", act).param("why", "the carrier has confirmed").exchange();
        assertThat(frozen).hasStatus3xxRedirection();
        String page = frozen.getResponse().getRedirectedUrl();
        assertThat(page).isNotNull().startsWith("/selections/");
        return page;
    }

    private void workOff(String page, String count) {
        assertThat(http.post().uri(page + "/start").cookie(new Cookie("operator", "ada")).param("count", count)
                .param("rate", "100")).hasStatus3xxRedirection();
        await().untilAsserted(() -> {
            worker.work();
            assertThat(http.get().uri(page)).bodyText().contains("<b>done</b>");
        });
    }
}
