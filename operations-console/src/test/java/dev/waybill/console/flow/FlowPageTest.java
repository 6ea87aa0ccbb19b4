package dev.waybill.console.flow;

import dev.waybill.console.Spoken;
import dev.waybill.console.lag.GroupLag;
import dev.waybill.console.parked.StandIns;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.HtmlUtils;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/** The front page: what hurts on it, and where it leads. */
class FlowPageTest extends FlowFixture {

    @Test
    void whereNothingHurtsThatIsSaidAndTheWholeWayIsThere() throws Exception {
        assertThat(page()).contains("Nothing hurts.", "order-service", "saga-orchestrator", "inventory-service",
                "payment-service", "shipping-service", "notification-service", "order.events", "order.commands",
                "inventory.commands", "payment.events", "saga-orchestrator to payment-service", "0 behind")
                .doesNotContain("Critical", "Warning", " style=", " onclick");
    }

    @Test
    void anOrderIsLookedForFromHere() throws Exception {
        assertThat(page()).containsPattern("(?s)<form[^>]* action=\"/orders\"[^>]*>.*<input id=\"q\" name=\"q\"");
    }

    @Test
    void aServiceThatIsAwayIsRedInWordsTooAndTheOthersAreTheirSelves() throws Exception {
        tells("inventory", "messages_parked{state=\"PARKED\",subscription=\"stock\"} 0");
        StandIns.paymentGoes();
        String away = page();

        assertThat(away).containsSubsequence("What hurts now", "Critical", "payment-service cannot be reached",
                "The way of an order").contains("parked: 0");
        assertThat(tag("payment-service", away)).contains(" bad");
        assertThat(tag("inventory-service", away)).doesNotContain(" bad");
        assertThat(PageText.all("(cannot be reached, since)", away)).hasSize(1);

        StandIns.paymentComes();
        assertThat(page()).contains("Nothing hurts.");
    }

    @Test
    void beingBehindIsRedOnTheWayAndAtTheServiceWithAWayToTheGroup() throws Exception {
        isBehind(42, 29);
        assertThat(page()).contains("Nothing hurts.", "42 behind, the oldest 29 s old");

        isBehind(42, 31);
        String page = page();
        assertThat(page).contains("payment-service (payment-commands) is 42 messages behind, the oldest 31 s old");
        assertThat(tag("hop-payment-commands-payment-service", page)).contains("warning",
                "href=\"/consumers#group-" + GROUP + "\"");
        assertThat(tag("payment-service", page)).contains("warning");

        isBehind(42, 301);
        assertThat(tag("hop-payment-commands-payment-service", page())).contains("bad");
        assertThat(http.get().uri("/consumers")).bodyText().contains("id=\"group-" + GROUP + "\"");
    }

    @Test
    void whileTheBrokerIsSilentNoLagIsShownAsIfItWereSoNowAndTheMapIsNotCalm() throws Exception {
        Instant at = Instant.now().minusSeconds(40);
        String since = Spoken.moment(at) + " UTC";
        isBehind(3, 2, at);
        String page = page();

        assertThat(page).contains("Nothing is known to hurt, but how far consumers are behind has not been known since "
                + since, "payment-commands: lag has not been known since " + since)
                .doesNotContain("Nothing hurts.", "3 behind", "0 behind");
        assertThat(tag("hop-payment-commands-payment-service", page)).contains("warning");
        assertThat(tag("hop-order-events-saga-orchestrator", page)).contains("warning");

        // What hurt goes on to hurt.
        isBehind(42, 301, at);
        page = page();
        assertThat(page).contains("payment-service (payment-commands) is 42 messages behind, the oldest 5 min 1 s old,"
                + " as it was seen last at " + since);
        assertThat(tag("hop-payment-commands-payment-service", page)).contains("bad");

        isBehind(0, 0);
        assertThat(page()).contains("Nothing hurts.", "0 behind");
    }

    @Test
    void forHowLongMessagesWaitIsNotKnownWhereTheirRecordCouldNotBeRead() throws Exception {
        var partition = new TopicPartition("payment.commands", 0);
        seen(Instant.now(), new GroupLag.Partition(partition, 58, 100, null, null));
        assertThat(page()).contains("42 behind, for how long is not known",
                "Nothing is known to hurt, but for how long messages wait for " + GROUP + " is not known.")
                .doesNotContain("0 s old");

        // The alert goes on, and so does the page.
        seen(Instant.now(), new GroupLag.Partition(partition, 58, 100, null, Duration.ofSeconds(301)));
        assertThat(page()).contains("payment-service (payment-commands) is 42 messages behind, for how long is not"
                + " known, perhaps 5 min 1 s", "42 behind, for how long is not known, perhaps 5 min 1 s");
    }

    @Test
    void howLongEventsTakeUntilTheyAreHandledIsThatOfTheirTopicAndReader() throws Exception {
        handled(0);
        page();
        handled(100);
        String page = page();

        assertThat(PageText.all("(handled: [^<]*)<", page)).containsExactly("handled: p50 50 ms, p99 99 ms");
        assertThat(page).containsPattern(
                "(?s)id=\"hop-payment-events-saga-orchestrator\".{0,600}handled: p50 50 ms, p99 99 ms");
    }

    private static void handled(int messages) {
        tells("saga", """
                messages_handled_seconds_bucket{subscription="sagas",topic="payment.events",le="0.1"} %1$d
                messages_handled_seconds_bucket{subscription="sagas",topic="payment.events",le="+Inf"} %1$d
                messages_handled_seconds_bucket{subscription="other",topic="payment.events",le="0.1"} 0
                messages_handled_seconds_bucket{subscription="other",topic="payment.events",le="+Inf"} %1$d
                messages_handled_seconds_bucket{subscription="sagas",topic="order.events",le="0.1"} 0
                messages_handled_seconds_bucket{subscription="sagas",topic="order.events",le="+Inf"} 0
                """.formatted(messages));
    }

    @Test
    void stuckSagasAreOneClickFromHere() throws Exception {
        tells("saga", "saga_stuck 1\nsaga_active{step=\"capture payment\"} 3");
        StandIns.others().stubFor(get(urlPathEqualTo("/saga/sagas/counts")).withQueryParam("status", equalTo("STUCK"))
                .willReturn(okJson("""
                        {"items": [{"status": "STUCK", "step": "capture payment", "sagas": 1}], "next": null}""")));
        String stuck = page();

        assertThat(stuck).contains("1 saga is stuck at capture payment", "capture payment: 3, of them 1 stuck")
                .contains("href=\"/sagas?status=STUCK&amp;step=capture%20payment\"");
        assertThat(tag("saga-orchestrator", stuck)).contains("bad");

        tells("saga", "saga_stuck 0");
        assertThat(page()).contains("Nothing hurts.");
    }

    @Test
    void howFastAndHowLongIsReadOffTwoLooks() throws Exception {
        steps(0);
        page();
        steps(100);

        assertThat(page()).contains("answered: p50 50 ms, p99 99 ms", "capture payment: 0, p50 50 ms, p99 99 ms")
                .containsPattern("started [\\d,.]+/s, ended 0/s");
        assertThat(page()).doesNotContain("answered: p50 0");
    }

    private static void steps(int done) {
        tells("saga", """
                saga_started_total %1$d
                saga_finished_total{outcome="completed"} 0
                saga_active{step="capture payment"} 0
                saga_step_seconds_bucket{step="capture payment",result="done",le="0.1"} %1$d
                saga_step_seconds_bucket{step="capture payment",result="done",le="+Inf"} %1$d
                """.formatted(done));
    }

    @Test
    void whatAServiceCallsItsThingsIsTextInThePage() throws Exception {
        tells("inventory", "messages_parked{state=\"PARKED\",subscription=\"<script>alert(1)</script>\"} 1");

        assertThat(page()).contains("&lt;script&gt;alert(1)&lt;/script&gt;",
                "subscription=%3Cscript%3Ealert%281%29%3C%2Fscript%3E").doesNotContain("<script>");
    }

    @Test
    void everyLinkOfAMapOnWhichAllHurtsLeadsToAPage() throws Exception {
        isBehind(42, 31);
        tells("inventory", "messages_parked{state=\"PARKED\",subscription=\"stock\"} 1\ninventory_holds_overdue 1");
        tells("shipping", """
                outside_calls_open 1
                outside_calls_oldest_open_age_seconds 400
                resilience4j_circuitbreaker_state{name="carrier",state="open"} 1
                outbox_partitions_ahead 0
                outbox_oldest_unpublished_age_seconds 90""");
        tells("saga", "saga_stuck 3\nsaga_overdue 1\nsaga_active{step=\"capture payment\"} 3");
        tells("order", "order_backlog 5001\nhikaricp_connections_pending 6");
        tells("notification", aResponse().withStatus(503));
        String page = page();

        List<String> links = PageText.all("<a[^>]* href=\"([^\"]*)\"", page).stream().map(HtmlUtils::htmlUnescape)
                .distinct().toList();
        assertThat(links).contains("/sagas?status=STUCK", "/waits?service=shipping-service", "#shipping-service",
                "/parked?service=inventory-service&subscription=stock");
        for (String link : links) {
            if (link.startsWith("#")) {
                assertThat(page).contains("id=\"%s\"".formatted(link.substring(1)));
            } else {
                assertThat(http.get().uri(URI.create(link.replaceAll("#.*", "")))).as(link).hasStatusOk();
            }
        }
    }

    @Test
    void aPartOfThePageIsOnlyWhatChanges() {
        services.look();

        assertThat(http.get().uri("/").header("HX-Request", "true")).hasStatusOk()
                .hasHeader("Cache-Control", "no-store")
                .bodyText().startsWith("<div id=\"live\"").contains("hx-get=\"/\"").doesNotContain("<html", "<form");
    }

    @Test
    void whatAServiceWaitsForIsListedWithItsOrders() throws Exception {
        UUID order = UUID.randomUUID();
        StandIns.paymentSays(get(urlPathEqualTo("/operations/outside-calls")).willReturn(okJson("""
                {"items": [{"id": "%s", "kind": "payment.capture", "orderId": "%s", "attempts": 4,
                  "requestedAt": "2026-11-21T14:00:00Z", "lastError": "<b>refused</b>"}], "next": "c&1",
                 "breakers": [{"name": "gateway", "state": "HALF_OPEN"}]}""".formatted(UUID.randomUUID(), order))));

        assertThat(PageText.page(http.get().uri("/waits?service=payment-service").exchange().getResponse()
                .getContentAsString())).contains("/orders/" + order, "payment.capture", "&lt;b&gt;refused",
                        "Its breaker is half open", "cursor=c%261");
        assertThat(http.get().uri("/waits?service=shipping-service")).bodyText().contains("Nothing is waited for.");
        assertThat(http.get().uri("/waits?service=order-service")).hasStatus(404);
        StandIns.paymentGoes();
        assertThat(http.get().uri("/waits")).hasStatusOk().bodyText().contains("payment-service cannot be reached");
    }

    @Test
    void theNamesOfAllServicesAreOnTheMapOnceEach() throws Exception {
        String page = page();

        services.figures().forEach(each -> assertThat(PageText.all("(<section class=\"node[^>]* id=\"%s\")"
                .formatted(each.name()), page)).hasSize(1));
        assertThat(PageText.all("id=\"(hop-[^\"]*)\"", page)).containsExactlyInAnyOrderElementsOf(
                Hop.ALL.stream().map(Hop::id).toList());
    }
}
