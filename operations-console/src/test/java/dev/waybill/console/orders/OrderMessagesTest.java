package dev.waybill.console.orders;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import dev.waybill.console.parked.StandIns;
import dev.waybill.console.parked.SteeringTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.waybill.console.parked.ParkedJson.listing;
import static org.assertj.core.api.Assertions.assertThat;

/** What all services have said about one order, put together; each of them answers over real HTTP. */
@SteeringTest
class OrderMessagesTest {

    private static final String MESSAGES = "/operations/messages";
    private static final Pattern NAMES = Pattern.compile("<summary><span>([^<]*)<");

    private final UUID order = UUID.randomUUID();
    private final UUID placed = UUID.randomUUID();
    private final UUID reserve = UUID.randomUUID();
    private final UUID reserved = UUID.randomUUID();
    private final String page = "/orders/%s/messages".formatted(order);

    @Autowired
    private MockMvcTester http;

    @BeforeEach
    void nothingIsSaid() {
        StandIns.reset();
    }

    @AfterEach
    void everythingIsUp() {
        StandIns.reset();
    }

    private Map<String, @Nullable Object> message(UUID id, String type, long time, @Nullable UUID cause, int second) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put("type", "dev.waybill." + type + ".v1");
        message.put("topic", type.startsWith("inventory.reserve-") ? "inventory.commands" : "some.events");
        message.put("key", order);
        message.put("sequence", type.startsWith("inventory.reserve-") ? null : 1);
        message.put("logicalTime", time);
        message.put("writtenAt", Instant.parse("2026-11-21T14:00:00Z").plusSeconds(second));
        message.put("published", true);
        message.put("payload", "{\"orderId\":\"%s\",\"name\":\"<b>Alice</b>\",\"amount\":1.10}".formatted(order));
        message.put("headers", cause == null
                ? Map.of("ce_id", id.toString())
                : Map.of("ce_id", id.toString(), "ce_causationid", cause.toString()));
        return message;
    }

    private MappingBuilder asked(String service) {
        return get(urlPathEqualTo(service + MESSAGES)).withQueryParam("key", equalTo(order.toString()));
    }

    private void says(String service, List<Map<String, @Nullable Object>> messages) {
        StandIns.others().stubFor(asked(service).willReturn(okJson(listing(null, messages))));
    }

    /** The clock of the inventory is behind. */
    private void anOrderWithItsStock() {
        says("/order", List.of(message(placed, "order.placed", 1, null, 5)));
        says("/saga", List.of(message(reserve, "inventory.reserve-stock", 2, placed, 6)));
        says("/inventory", List.of(message(reserved, "inventory.stock-reserved", 3, reserve, 1)));
    }

    private String shown() {
        MvcTestResult result = http.get().uri(page).exchange();
        assertThat(result).hasStatusOk();
        try {
            return result.getResponse().getContentAsString();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(String page) {
        return NAMES.matcher(page).results().map((MatchResult name) -> name.group(1)).toList();
    }

    @Test
    void causesStandBeforeTheirEffectsWhateverTheClocksSay() {
        anOrderWithItsStock();

        String page = shown();

        assertThat(names(page)).containsExactly("order.placed", "inventory.reserve-stock", "inventory.stock-reserved");
        assertThat(page).contains("saga-orchestrator", "2026-11-21 14:00:06.000", "inventory.commands",
                "href=\"#message-%s\">order.placed".formatted(placed),
                "href=\"#message-%s\">inventory.reserve-stock".formatted(reserve), "command</span>", "event</span>");
    }

    @Test
    void eachIsOpenedWithItsHeadersAndItsPayloadLineByLine() {
        anOrderWithItsStock();

        assertThat(shown()).contains("<details id=\"message-%s\">".formatted(reserved),
                "<dt>ce_causationid</dt><dd>%s</dd>".formatted(reserve), "&quot;amount&quot; : 1.10",
                "&lt;b&gt;Alice&lt;/b&gt;").doesNotContain("<b>Alice", "only the beginning");
    }

    @Test
    void whatIsNotPublishedOrCutOffOrSaidAgainIsSaid() {
        var first = message(reserve, "inventory.reserve-stock", 2, placed, 6);
        var again = message(reserve, "inventory.reserve-stock", 4, placed, 36);
        again.put("published", false);
        again.put("truncated", true);
        again.put("payload", "{\"orderId\":\"");
        says("/saga", List.of(first, again));

        assertThat(shown()).contains("<span class=\"quiet\">command</span>",
                "<span class=\"quiet\">command, sent again</span>",
                "<details id=\"message-%s-2\">".formatted(reserve), "<td class=\"trouble\">not yet</td>",
                "this is only the beginning", "{&quot;orderId&quot;:&quot;</pre>");
    }

    @Test
    void aServiceThatIsAwayOrOlderIsNamedAndTheOthersAreShown() {
        anOrderWithItsStock();
        StandIns.paymentGoes();
        StandIns.others().stubFor(get(urlPathEqualTo("/shipping" + MESSAGES))
                .willReturn(jsonResponse("{\"title\": \"There is nothing here\"}", 404)));

        String page = shown();

        assertThat(page).contains("payment-service cannot be reached", "shipping-service: There is nothing here");
        assertThat(names(page)).hasSize(3);
    }

    @Test
    void allPagesOfAServiceAreReadUpToAMeasureAndThenItIsSaidThatThereAreMore() {
        StandIns.others().stubFor(asked("/order").withQueryParam("cursor", absent())
                .willReturn(okJson(listing("two", List.of(message(placed, "order.placed", 1, null, 1))))));
        StandIns.others().stubFor(asked("/order").withQueryParam("cursor", equalTo("two")).willReturn(
                okJson(listing(null, List.of(message(UUID.randomUUID(), "order.confirmed", 9, null, 9))))));
        assertThat(names(shown())).containsExactly("order.placed", "order.confirmed");
        assertThat(shown()).doesNotContain("There are more of them");

        StandIns.others().stubFor(asked("/order").withQueryParam("cursor", equalTo("two")).willReturn(
                okJson(listing("two", List.of(message(UUID.randomUUID(), "order.confirmed", 9, null, 9))))));
        assertThat(shown()).contains("There are more of them");
        assertThat(names(shown())).hasSize(3);
    }

    @Test
    void servicesAreAskedAtTheSameTime() {
        anOrderWithItsStock();
        StandIns.others().setGlobalFixedDelay(300);
        long begun = System.nanoTime();
        try {
            shown();
        } finally {
            StandIns.others().setGlobalFixedDelay(0);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1_200));
    }

    @Test
    void anOrderOfWhichNobodyHasSaidAnythingIsAPageThatSaysSo() {
        assertThat(shown()).contains("Nobody has said anything about it yet.").doesNotContain("<table");
        assertThat(http.get().uri(page).header("HX-Request", "true")).hasStatusOk().bodyText()
                .startsWith("<div id=\"all-said\"").doesNotContain("<html");
    }
}
