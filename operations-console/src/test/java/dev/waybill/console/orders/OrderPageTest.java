package dev.waybill.console.orders;

import dev.waybill.console.PageFixture;
import dev.waybill.console.journal.About;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.who.Who;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

import java.time.Duration;
import java.util.UUID;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/** One order, with everything that any service knows of it. */
class OrderPageTest extends PageFixture {

    private final UUID saga = UUID.randomUUID();
    private final String path = "/orders/" + order;

    @Autowired
    private Journal journal;

    private void thereItIs() {
        answer(path, order("CONFIRMED"));
        answer(path + "/timeline",
                """
                        {"items": [
                         {"at": "2026-11-21T14:00:00Z", "context": "order", "type": "placed", "title": "The order was placed", "sequence": 1, "details": {"number": "W-100042"}},
                         {"at": "2026-11-21T14:00:01.5Z", "context": "payment", "type": "captured", "title": "The money was captured %1$s", "sequence": 2, "details": {"note": "%1$s"}},
                         {"at": "2026-11-21T14:00:02Z", "context": "order", "type": "confirmed", "title": "The order is confirmed", "sequence": 2, "details": {}}]}
                        """
                        .formatted(HOSTILE));
        answer("/sagas", "{\"items\": [%s]}".formatted(saga("")));
        answer("/sagas/" + saga,
                saga("""
                        , "journal": [{"at": "2026-11-21T14:00:01Z", "step": "capture payment", "kind": "SENT_AGAIN", "detail": "CapturePayment"}]
                        """));
        answer("/payments/" + order,
                """
                        {"orderId": "%s", "status": "PARTIALLY_REFUNDED", "total": {"amountMinor": 12999, "currency": "EUR"},
                         "captured": {"amountMinor": 12999, "currency": "EUR"}, "refunded": {"amountMinor": 100, "currency": "EUR"}, "gatewayReference": "ch_7"}
                        """
                        .formatted(order));
        answer("/payments/%s/events".formatted(order),
                """
                        {"items": [{"version": 1, "type": "AuthorizationRequested", "at": "2026-11-21T14:00:01Z", "data": {"amount": "%s"}}]}
                        """
                        .formatted(HOSTILE));
        answer("/shipments/" + order,
                """
                        {"status": "IN_TRANSIT", "carrier": "Fast Carrier", "trackingNumber": "TRK-1", "history": [{"at": "2026-11-21T15:00:00Z", "status": "HANDED_OVER"}]}
                        """);
        answer("/reservations/" + order,
                """
                        {"status": "HELD", "lines": [{"sku": "KETTLE-03", "quantity": 2}], "restocked": [{"sku": "KETTLE-03", "quantity": 1}], "heldUntil": "2026-11-22T14:00:00Z"}
                        """);
        answer("/notifications",
                """
                        {"items": [{"id": "%s", "template": "ORDER_CONFIRMED", "recipient": "a@example.org", "status": "SKIPPED", "reason": "NO_ADDRESS", "attempts": 3}]}
                        """
                        .formatted(UUID.randomUUID()));
        answer("/operations/outside-calls",
                """
                        {"items": [{"id": "%s", "kind": "CAPTURE", "attempts": 4, "requestedAt": "2026-11-21T14:00:01Z", "lastError": "The gateway <b>hangs</b>"}], "breakers": []}
                        """
                        .formatted(UUID.randomUUID()));
    }

    private String order(String status) {
        return """
                {"id": "%s", "number": "W-100042", "customerId": "%s", "status": "%s", "reason": null,
                 "lines": [{"sku": "KETTLE-03", "quantity": 2, "unitPrice": {"amountMinor": 7950, "currency": "EUR"}, "subtotal": {"amountMinor": 15900, "currency": "EUR"}}],
                 "total": {"amountMinor": 15900, "currency": "EUR"}, "paymentMethod": "pm_card_visa", "shippingAddress": {"name": "Alice Doe"},
                 "placedAt": "2026-11-21T14:00:00Z", "updatedAt": "2026-11-21T14:00:02Z", "version": 3}
                """
                .formatted(order, HOSTILE, status);
    }

    private String saga(String journal) {
        return """
                {"id": "%s", "type": "order-fulfillment", "orderId": "%s", "status": "STUCK", "step": "capture payment",
                 "startedAt": "2026-11-21T14:00:00Z", "updatedAt": "2026-11-21T14:00:01Z", "version": 4 %s}
                """.formatted(saga, order, journal);
    }

    @Test
    void everythingIsOnOnePage() {
        thereItIs();

        assertThat(page(HttpStatus.OK, path)).contains("Order W-100042", "confirmed: it is paid", "159.00 EUR",
                "KETTLE-03", "its saga is stuck at capture payment", "href=\"/sagas/%s\"".formatted(saga),
                "href=\"" + path + "/trace\"",
                "sent again", "CapturePayment", "partially refunded", "1.00 EUR", "ch_7", "authorization requested",
                "in transit", "TRK-1", "handed over", "2 × KETTLE-03", "; back in stock:", "1 × KETTLE-03",
                "overdue from 2026-11-22 14:00:00",
                "order confirmed", "skipped", ": no address", "payment gateway", "carrier",
                "The gateway &lt;b&gt;hangs&lt;/b&gt;", "The money was captured", "&lt;script&gt;")
                .doesNotContain("Alice Doe", "<b>hangs");
    }

    @Test
    void aPartOfThePageIsOnlyThat() {
        thereItIs();

        assertThat(http.get().uri(path).header("HX-Request", "true")).hasStatusOk().bodyText()
                .startsWith("<div id=\"now\"").contains("hx-trigger=\"live\"").doesNotContain("<html", "id=\"then\"");
    }

    @Test
    void whatSomebodyHasOpenedIsNotInWhatIsExchanged() {
        thereItIs();

        assertThat(http.get().uri(path).header("HX-Request", "true")).hasStatusOk().bodyText()
                .doesNotContain("<details", "hx-trigger=\"revealed\"");
        assertThat(page(HttpStatus.OK, path)).containsPattern(
                "hx-trigger=\"revealed\"[^>]* hx-get=\"%s/messages\"|hx-get=\"%s/messages\"[^>]* hx-trigger=\"revealed\""
                        .formatted(path, path));
    }

    /** Every service says the same here, so each message stands there six times. */
    @Test
    void itsMessagesAreAPageToo() {
        answer("/operations/messages",
                """
                        {"items": [{"id": "%s", "type": "dev.waybill.order.placed.v1", "topic": "order.events", "sequence": 1, "logicalTime": 1,
                          "writtenAt": "2026-11-21T14:00:00Z", "published": true, "payload": "{\\"name\\": \\"<script>\\"}", "headers": {"<b>": "<i>"}}], "next": null}
                        """
                        .formatted(saga));

        assertThat(page(HttpStatus.OK, path + "/messages")).contains("order.placed", "event, sent again",
                "&lt;script&gt;", "<dt>&lt;b&gt;</dt><dd>&lt;i&gt;</dd>");
        page(HttpStatus.NOT_FOUND, "/orders/W-100042/messages");
    }

    @Test
    void whatPeopleDidAboutItIsShownWhereverTheyDidIt() {
        thereItIs();
        var ada = new Who("ada");
        journal.record(ada, "retry", About.saga(saga).of(order), "It hangs <b>");
        journal.record(ada, "discard", About.message("payment-service", UUID.randomUUID()).of(order), "Nonsense");
        journal.record(ada, "skip", About.saga(UUID.randomUUID()).of(UUID.randomUUID()), "Of another order");

        assertThat(page(HttpStatus.OK, path)).contains("What people did", "It hangs &lt;b&gt;", "Nonsense",
                "href=\"/parked/payment-service/", "href=\"/journal\"").doesNotContain("Of another order");
    }

    @Test
    void anOrderThatOnlyItsServiceKnowsIsShownAsFarAsItIs() {
        answer(path, order("DELIVERED"));
        answer(path + "/timeline", "{\"items\": []}");

        assertThat(page(HttpStatus.OK, path)).contains("delivered", "None has begun yet.",
                "Nothing was to be paid yet.", "Nothing was booked yet.", "Nothing was ever reserved.",
                "The customer was told of nothing yet.", "Nothing is told of it yet.",
                "Nobody has done anything about it",
                "There is nothing to look back to.", "hx-trigger=\"live\"").doesNotContain("role=\"alert\"");
    }

    /** Its last mail comes after its last scan, and a return weeks later. */
    @Test
    void anOrderThatIsFinalIsLookedAtAgainToo() {
        answer(path, order("DELIVERED"));
        answer("/sagas", "{\"items\": [%s]}".formatted(saga("").replace("STUCK", "COMPLETED")));

        assertThat(now()).contains("hx-trigger=\"live\"");
    }

    private String now() {
        return text(http.get().uri(path).header("HX-Request", "true").exchange());
    }

    @Test
    void anUnknownOrderIsAPageThatSaysSo() {
        assertThat(page(HttpStatus.NOT_FOUND, path)).contains("There is no such order", "There is no order " + order);
        assertThat(http.get().uri(path)).hasStatus(HttpStatus.NOT_FOUND)
                .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON).bodyText()
                .contains("order-not-found");
        assertThat(page(HttpStatus.NOT_FOUND, "/orders/W-100042")).contains("There is nothing here");
    }

    @Test
    void servicesThatAreAwayAreNamedAndTheRestIsShown() {
        thereItIs();
        SERVICES.stubFor(get(urlPathEqualTo("/payments/" + order)).willReturn(json(503, "")));
        SERVICES.stubFor(get(urlPathEqualTo("/payments/%s/events".formatted(order))).willReturn(json(503, "")));
        SERVICES.stubFor(get(urlPathEqualTo("/sagas/" + saga)).willReturn(json(500, "{")));

        assertThat(page(HttpStatus.OK, path)).containsOnlyOnce("payment-service cannot answer at the moment (503)")
                .contains("Not known at the moment.", "TRK-1", "stuck: a person has to help");
    }

    @Test
    void noServiceAtAllIsAPageToo() {
        allAreAway();

        assertThat(page(HttpStatus.OK, path)).contains("Order " + order, "order-service has broken off",
                "saga-orchestrator has broken off", "payment-service has broken off", "shipping-service has broken off",
                "inventory-service has broken off", "notification-service has broken off");
        assertThat(http.get().uri(path + "/then?stop=0")).hasStatusOk();
    }

    @Test
    void theOrderIsShownAsItWasAtEachMomentAtWhichSomethingHappened() {
        thereItIs();
        SERVICES.stubFor(get(urlPathEqualTo(path)).withQueryParam("at", equalTo("2026-11-21T14:00:01.500Z"))
                .willReturn(json(200, order("PENDING"))));

        String page = page(HttpStatus.OK, path + "?stop=1");

        String then = page.substring(page.indexOf("id=\"was\""));
        assertThat(page).containsPattern("type=\"range\" min=\"0\" step=\"1\" value=\"1\".* max=\"2\"");
        assertThat(then)
                .contains("2026-11-21 14:00:01.500 UTC", "the order was being fulfilled", "The order was placed",
                        "The money was captured")
                .doesNotContain("The order is confirmed");
        assertThat(http.get().uri(path + "/then?stop=1")).hasStatusOk().bodyText().startsWith("<div id=\"was\"")
                .contains("the order was being fulfilled").doesNotContain("<html");
    }

    @Test
    void anyOtherMomentCanBeAskedForToo() {
        thereItIs();
        SERVICES.stubFor(get(urlPathEqualTo(path)).withQueryParam("at", equalTo("2026-11-21T13:00:00Z"))
                .willReturn(problem(404, "There is no such order", "There was no order then")));

        assertThat(page(HttpStatus.OK, path + "?at=2026-11-21T13:00:00Z")).contains("There was no order then");
        assertThat(page(HttpStatus.BAD_REQUEST, path + "?at=noon")).contains("A moment is wanted like");
        assertThat(page(HttpStatus.BAD_REQUEST, path + "?stop=last")).contains("This cannot be read");
        page(HttpStatus.OK, path + "?stop=-3");
        page(HttpStatus.OK, path + "?stop=2000000000");
    }

    @Test
    void servicesAreAskedAtTheSameTime() {
        thereItIs();
        SERVICES.setGlobalFixedDelay(300);
        long begun = System.nanoTime();

        page(HttpStatus.OK, path);

        // One after another they would take more than three seconds; two rounds of them take 600 ms.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        SERVICES.verify(11, getRequestedFor(anyUrl()));
    }
}
