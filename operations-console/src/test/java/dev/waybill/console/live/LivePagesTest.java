package dev.waybill.console.live;

import dev.waybill.console.PageFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Every part of a page that wants to be told of changes can be: under its own address, of all that it shows and of nothing else. */
class LivePagesTest extends PageFixture {

    private static final UUID ID = UUID.randomUUID();
    private static final String OUTSIDE = "/operations/outside-calls";

    @Autowired
    private Sights sights;

    @Autowired
    private JdbcClient database;

    @BeforeEach
    void somethingIsThere() {
        answer("/orders/" + ID, "{\"id\": \"%s\", \"number\": \"W-100042\", \"status\": \"PENDING\"}".formatted(ID));
        answer("/sagas/" + ID,
                "{\"id\": \"%s\", \"status\": \"RUNNING\", \"step\": \"capture payment\"}".formatted(ID));
        answer("/operations/parked-messages", "{\"items\": []}");
    }

    @AfterEach
    void clear() {
        database.sql("delete from bulk_selection").update();
    }

    /** For longer than a second, as many a moment on a page is said to the second. */
    @Test
    void whatHasNotChangedLooksTheSame() {
        running();
        List<Supplier<Object>> looks = Stream.of("/", "/orders/" + ID, "/sagas",
                "/sagas?status=STUCK&step=capture payment&olderThan=PT5M", "/sagas/" + ID, "/parked",
                "/parked?service=payment-service&reason=no \"order\"&waiting=true", "/waits",
                "/waits?service=shipping-service", "/consumers", "/selections/" + ID).map(this::seen).toList();
        var before = new AtomicReference<List<String>>(List.of());

        await().pollInterval(Duration.ofMillis(200)).during(Duration.ofMillis(1_200)).untilAsserted(() -> {
            List<String> now = looks.stream().map(look -> String.valueOf(look.get())).toList();
            assertThat(now).isEqualTo(before.getAndSet(now));
        });

        // Nothing that is another text each time, and none of the words by which a page counts time.
        assertThat(before.get()).allSatisfy(text -> assertThat(text).isNotEmpty()
                .doesNotContainPattern("[a-zA-Z]@[0-9a-f]{6,}").doesNotContain(" ago", "just now"));
    }

    @Test
    void anOrderThatMovesOnLooksDifferent() {
        assertChanges("/orders/" + ID, () -> answer("/orders/" + ID,
                "{\"id\": \"%s\", \"number\": \"W-100042\", \"status\": \"CONFIRMED\"}".formatted(ID)));
        assertChanges("/orders/" + ID, () -> answer("/notifications",
                "{\"items\": [{\"id\": \"%s\", \"template\": \"ORDER_CONFIRMED\"}]}".formatted(ID)));
        assertChanges("/orders/" + ID, PageFixture::allAreAway);
    }

    @Test
    void sagasThatMoveOnLookDifferent() {
        String moved = "{\"id\": \"%s\", \"status\": \"STUCK\", \"step\": \"complete\"}".formatted(ID);

        assertChanges("/sagas/" + ID, () -> answer("/sagas/" + ID, moved));
        assertChanges("/sagas?status=STUCK", () -> answer("/sagas", "{\"items\": [%s]}".formatted(moved)));
    }

    @Test
    void anythingElseThatComesLooksDifferent() {
        assertChanges("/waits", () -> answer(OUTSIDE,
                "{\"items\": [{\"kind\": \"CAPTURE\", \"attempts\": 4}], \"breakers\": []}"));
        assertChanges("/parked", () -> answer("/operations/parked-messages", """
                {"items": [{"id": "%s", "subscription": "payment-commands", "key": "a", "state": "PARKED",
                  "reason": "There is none", "attempts": 3, "parkedAt": "2026-11-21T14:00:00Z", "version": 1}]}
                """.formatted(ID)));
        running();
        assertChanges("/selections/" + ID, () -> database.sql("update bulk_selection set rate = 2").update());
    }

    /** What is looked for is looked for here as well. */
    @Test
    void oneFilterIsNotTheOther() {
        answer("/sagas", "{\"items\": [{\"id\": \"%s\", \"status\": \"STUCK\"}]}".formatted(ID));

        assertThat(String.valueOf(seen("/sagas?status=STUCK").get()))
                .isNotEqualTo(String.valueOf(seen("/sagas").get()));
        assertThat(sights.at("/parked?service=payment-service").orElseThrow().get()).asString()
                .contains("payment-service").doesNotContain("inventory-service");
        assertThat(sights.at("/parked?service=payment%2Dservice&cursor").orElseThrow().get()).asString()
                .contains("payment-service").doesNotContain("inventory-service");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/journal", "/orders", "/orders/1/messages", "orders", "/%zz", "/sagas?status=%", "http://",
                    "http://[", "/orders/../journal"})
    void whatIsNoAddressOfSuchAPageIsNotWatched(String address) {
        assertThat(sights.at(address)).isEmpty();
        assertThat(http.get().uri("/live?about={address}", address)).hasStatus(HttpStatus.NOT_FOUND).bodyText()
                .contains("nothing-to-watch");
    }

    @Test
    void somethingHasToBeNamed() {
        assertThat(http.get().uri("/live")).hasStatus(HttpStatus.BAD_REQUEST);
    }

    private void assertChanges(String path, Runnable change) {
        Supplier<Object> look = seen(path);
        String before = String.valueOf(look.get());
        change.run();
        assertThat(look.get()).asString().isNotEqualTo(before);
    }

    /** What is seen under the address that the page itself says. */
    private Supplier<Object> seen(String path) {
        MvcTestResult page = http.get().uri(path).exchange();
        assertThat(page).hasStatusOk();
        List<String> parts = found("(<[a-z]+ [^>]*hx-trigger=\"live\"[^>]*>)", text(page));
        assertThat(parts).as(path).hasSize(1);
        List<String> address = found("hx-get=\"([^\"]*)\"", parts.getFirst());
        assertThat(address).as(parts.getFirst()).hasSize(1);
        return sights.at(address.getFirst().replace("&amp;", "&")).orElseThrow();
    }

    /** By another console. */
    private void running() {
        database.sql(
                """
                        insert into bulk_selection (id, act, filter, reason, items, rate, frozen_by, frozen_at, state, lease_holder, lease_until)
                        values (:id, 'replay', 'everything', 'mended', 2, 1, 'ada', now(), 'RUNNING', :id, now() + interval '1 hour')
                        on conflict do nothing
                        """)
                .param("id", ID).update();
    }
}
