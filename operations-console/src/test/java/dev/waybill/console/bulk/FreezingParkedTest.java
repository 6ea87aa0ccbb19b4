package dev.waybill.console.bulk;

import dev.waybill.console.parked.StandIns;
import dev.waybill.console.parked.SteeringTest;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.waybill.console.parked.ParkedJson.listing;
import static dev.waybill.console.parked.ParkedJson.message;
import static dev.waybill.console.parked.StandIns.PARKED;
import static org.assertj.core.api.Assertions.assertThat;

/** What goes into a selection of parked messages, and what is left out and said: of services that are away, slow, or have too much. */
@SteeringTest
class FreezingParkedTest {

    private final UUID newer = UUID.randomUUID();
    private final UUID older = UUID.randomUUID();

    @Autowired
    private MockMvcTester http;

    @Autowired
    private JdbcClient database;

    @BeforeEach
    void twoAreParked() {
        StandIns.reset();
        parked("PARKED", null, List.of(message(newer, "a", 1), message(older, "b", 4)));
    }

    @AfterEach
    void clear() {
        StandIns.paymentComes();
        StandIns.payment().setGlobalFixedDelay(0);
        database.sql("delete from bulk_selection").update();
    }

    @Test
    void noMoreGoIntoOneSelectionThanItTakesAndAServiceThatIsAwayIsLeftOut() {
        parked("PARKED", "more", IntStream.range(0, 26)
                .mapToObj(n -> message(UUID.randomUUID(), "key " + n, 1)).toList());
        assertThat(http.get().uri(freeze("payment-service"))).bodyText().contains("This acts on <b>25</b> items",
                "The selection is full with 25: what is older here is left out");

        StandIns.paymentGoes();
        assertThat(http.get().uri(freeze("payment-service"))).bodyText().contains("There is nothing in this selection.",
                "payment-service cannot be reached");
    }

    @Test
    void whatOneServiceLeavesOfTheRoomIsTheNextOnes() {
        StandIns.others().stubFor(get(urlPathEqualTo("/order" + PARKED)).withQueryParam("state", equalTo("PARKED"))
                .willReturn(okJson(listing(null, IntStream.range(0, 20)
                        .mapToObj(n -> message(UUID.randomUUID(), "order " + n, 1)).toList()))));
        parked("PARKED", null, IntStream.range(0, 20)
                .mapToObj(n -> message(UUID.randomUUID(), "payment " + n, 1)).toList());
        assertThat(http.get().uri(freeze(""))).bodyText().contains("This acts on <b>25</b> items",
                "The selection is full with 25: what is older here is left out");
    }

    @Test
    void servicesAreAskedSideBySideAndOneThatGoesOnAndOnIsLeftOutAndSaid() {
        parked("PARKED", "more", List.of(message(newer, "a", 1)));
        StandIns.payment().setGlobalFixedDelay(700);
        UUID there = UUID.randomUUID();
        for (String service : List.of("order", "inventory", "shipping", "saga", "notification")) {
            StandIns.others()
                    .stubFor(get(urlPathEqualTo("/" + service + PARKED)).withQueryParam("state", equalTo("PARKED"))
                            .willReturn(okJson(listing(null, service.equals("order")
                                    ? List.of(message(there, "of an order", 1))
                                    : List.of())).withFixedDelay(700)));
        }
        long begun = System.nanoTime();
        String page = freeze("");

        // Two seconds and what was asked for by then; one service after another they would take more than five.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(http.get().uri(page)).bodyText().contains("This acts on <b>1</b> items", there.toString(),
                "It could not be read within 2 s: narrow what is looked for").doesNotContain(newer.toString());
    }

    @Test
    void moreThanAreReadAreLeftOutAndItIsSaid() {
        parked("PARKED", "more", IntStream.range(0, 100).mapToObj(n -> {
            var message = message(UUID.randomUUID(), "key " + n, 1);
            message.put("reason", "Something else");
            return message;
        }).toList());
        assertThat(http.get().uri(freeze("payment-service"))).bodyText().contains("There is nothing in this selection.",
                "There are more than the 300 that are read for a selection: narrow what is looked for");
        StandIns.payment().verify(3, getRequestedFor(urlPathEqualTo(PARKED)));
    }

    @Test
    void whatWaitsBehindThemAndCannotBeCountedIsSaid() {
        StandIns.paymentSays(get(urlPathEqualTo(PARKED)).withQueryParam("state", equalTo("WAITING_BEHIND"))
                .willReturn(jsonResponse("{}", 503)));
        assertThat(http.get().uri(freeze("payment-service"))).bodyText().contains("This acts on <b>2</b> items",
                "What waits behind those of the selection is not counted: payment-service cannot answer at the moment (503)");
    }

    private static void parked(String state, @Nullable String next,
            List<? extends Map<String, @Nullable Object>> messages) {
        StandIns.paymentSays(get(urlPathEqualTo(PARKED)).withQueryParam("state", equalTo(state))
                .willReturn(okJson(listing(next, new ArrayList<>(messages)))));
    }

    /** @return the selection's page */
    private String freeze(String service) {
        String page = http.post().uri("/parked/selection").cookie(new Cookie("operator", "ada"))
                .param("service", service)
                .param("reason", "no order").param("act", "replay").param("why", "the bug is mended").exchange()
                .getResponse().getRedirectedUrl();
        assertThat(page).isNotNull().startsWith("/selections/");
        return page;
    }
}
