package dev.waybill.console.orders;

import dev.waybill.console.PageFixture;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

import java.util.UUID;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/** Orders are found by whatever somebody has of them. */
class OrdersPageTest extends PageFixture {

    private void thereIsOne() {
        answer("/orders",
                """
                        {"items": [{"id": "%s", "number": "W-100042", "customerId": "%s", "status": "REJECTED", "reason": "OUT_OF_STOCK",
                          "total": {"amountMinor": 12999, "currency": "EUR"}, "placedAt": "2026-11-21T14:00:00.5Z",
                          "updatedAt": "2026-11-21T14:00:01Z", "version": 2, "shippingAddress": {"name": "Alice Doe"}}],
                         "next": "c&2"}
                        """
                        .formatted(order, HOSTILE));
    }

    @Test
    void thoseFoundAreListedAndWhateverStandsInThemIsText() {
        thereIsOne();

        assertThat(page(HttpStatus.OK, "/orders")).contains("href=\"/orders/%s\"".formatted(order), "W-100042",
                "129.99 EUR", "rejected", ": out of stock", "2026-11-21 14:00:00", "&lt;script&gt;alert(&#39;x&#39;)")
                .doesNotContain("Alice Doe");
    }

    @Test
    void theServiceIsAskedForWhatWasTypedAndTheNextPageKeepsIt() {
        thereIsOne();

        String page = page(HttpStatus.OK,
                "/orders?q=alice&status=REJECTED&sku=KETTLE-03&from=2026-11-21T14:00&to=2026-11-22T00:00&cursor=abc");

        SERVICES.verify(getRequestedFor(urlPathEqualTo("/orders")).withQueryParam("q", equalTo("alice"))
                .withQueryParam("status", equalTo("REJECTED")).withQueryParam("sku", equalTo("KETTLE-03"))
                .withQueryParam("placedFrom", equalTo("2026-11-21T14:00:00Z"))
                .withQueryParam("placedTo", equalTo("2026-11-22T00:00:00Z")).withQueryParam("cursor", equalTo("abc")));
        assertThat(page).contains("value=\"alice\"", "value=\"2026-11-21T14:00\"",
                "<option value=\"REJECTED\" selected=\"selected\"")
                .containsPattern("rel=\"next\"\\s+href=\"/orders\\?q=alice&amp;status=REJECTED.*&amp;cursor=c%262\"");
    }

    @Test
    void thatNothingIsFoundIsSaid() {
        assertThat(page(HttpStatus.OK, "/orders")).contains("Nothing was ordered yet.");
        assertThat(page(HttpStatus.OK, "/orders?q=nobody")).contains("No order is like that.");
    }

    @Test
    void aServiceThatIsAwayIsNamed() {
        allAreAway();

        assertThat(page(HttpStatus.OK, "/orders")).contains("order-service has broken off the connection");
    }

    @Test
    void whatTheServiceDoesNotTakeIsExplained() {
        SERVICES.stubFor(get(urlPathEqualTo("/orders"))
                .willReturn(problem(400, "The request is not valid", "Too short to look for: " + HOSTILE)));

        assertThat(page(HttpStatus.OK, "/orders?q=W")).contains("Too short to look for: &lt;script&gt;");
    }

    @Test
    void aTimeThatIsNoneIsExplainedAndNobodyIsAsked() {
        assertThat(page(HttpStatus.OK, "/orders?from=yesterday")).contains("A time is wanted like 2026-11-21T14:00");

        SERVICES.verify(0, getRequestedFor(urlPathEqualTo("/orders")));
    }

    @Test
    void whatIsTypedIsTextInThePageToo() {
        assertThat(page(HttpStatus.OK, "/orders?q=\"><script>alert(1)</script>"))
                .contains("value=\"&quot;&gt;&lt;script&gt;alert(1)");
    }

    @Test
    void aPartOfThePageIsOnlyThat() {
        thereIsOne();

        assertThat(http.get().uri("/orders").header("HX-Request", "true")).hasStatusOk()
                .hasHeader("Cache-Control", "no-store").bodyText().contains("W-100042").startsWith("<div id=\"found\"")
                .doesNotContain("<html");
    }

    @Test
    void anOrderIsFoundByItsIdToo() {
        answer("/orders/" + order, "{\"id\": \"%s\", \"number\": \"W-100042\"}".formatted(order));

        assertThat(page(HttpStatus.OK, "/orders?q=" + order)).contains("href=\"/orders/%s\"".formatted(order));
        assertThat(page(HttpStatus.OK, "/orders?q=" + UUID.randomUUID())).contains("There is no such thing");
    }

    @Test
    void aPageThatIsNotThereIsAPageAndForProgramsAProblem() {
        assertThat(page(HttpStatus.NOT_FOUND, "/nothing")).contains("There is nothing here");
        assertThat(http.get().uri("/nothing")).hasStatus(HttpStatus.NOT_FOUND)
                .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
    }
}
