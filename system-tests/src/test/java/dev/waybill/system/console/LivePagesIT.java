package dev.waybill.system.console;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/** Pages that are open while something happens, or while nothing does, or while the console is away. */
@PlatformTest
@Tag("long")
@Order(3)
class LivePagesIT {

    /** Longer than any page ever waited before it asked again. */
    private static final Duration QUIET = Duration.ofSeconds(8);
    /** A heartbeat's absence is noticed after 20 seconds, by a page that looks each second. */
    private static final double NOTICED_MILLIS = 22_000;
    private static final double PATIENCE_MILLIS = 40_000;
    private static final String STREAMS = "**/live?*";
    private static final String SAME = "event: same\ndata: -\n\n";
    private static final String CHANGED = "event: changed\ndata: -\n\n";

    private final Waybill waybill;
    private final Chromium chromium;

    LivePagesIT(Waybill waybill) throws IOException, InterruptedException {
        this.waybill = waybill;
        this.chromium = Chromium.start();
    }

    @AfterAll
    void everyInvariantHolds() {
        chromium.close();
        waybill.auditIsGreen();
    }

    @Test
    void anUntouchedPageAsksForNothingAndAnOrderThatMovesOnIsShown() {
        PlacedOrder order = waybill.order("ESPRESSO-01", 1).place();
        order.becomes("CONFIRMED");
        order.isDispatched();
        String itsPage = "/orders/" + order.id();
        try (Person ada = ada()) {
            Page page = ada.page();
            List<String> asked = requests(page);
            ada.opens(itsPage);
            isQuiet(page, asked);
            assertThat(asked).filteredOn(url -> url.contains("/live?")).hasSize(1);
            asked.clear();
            String age = age(page);

            waybill.outside().scan(order, "HANDED_OVER");
            ada.waitsFor("shipped: the carrier has the parcel");
            isQuiet(page, asked);

            assertThat(asked).isNotEmpty().allMatch(url -> url.endsWith(itsPage));
            assertThat(age(page)).isNotEqualTo(age).matches(".*\\d+ s ago");
            assertThat(ada.troubles()).isEmpty();
        }
    }

    @Test
    void aStreamThatBreaksOffIsNoticedAtOnceAndTheNoticeGoesWhenItIsBack() {
        try (Person ada = ada()) {
            Page page = ada.page();
            page.route(STREAMS, route -> says(route, SAME));
            ada.opens("/consumers");
            page.route("**/consumers", Route::abort);
            ada.waitsFor("Not up to date since");

            page.unroute("**/consumers");
            page.unroute(STREAMS);

            noticeGoes(page);
        }
    }

    /** It neither answers nor breaks off. */
    @Test
    void aConsoleThatHangsIsNoticedWithinTwentySeconds() throws Exception {
        try (Person ada = ada()) {
            Page page = ada.page();
            page.waitForResponse(STREAMS, () -> ada.opens("/consumers"));
            long console = console();
            signal("STOP", console);
            try {
                notice(page).waitFor(new Locator.WaitForOptions().setTimeout(NOTICED_MILLIS));
            } finally {
                signal("CONT", console);
            }
            noticeGoes(page);
        }
    }

    @Test
    void whereNoStreamComesThroughThePageAsksFourTimesAMinute() {
        try (Person ada = ada()) {
            Page page = ada.page();
            page.route(STREAMS, Route::abort);
            List<String> asked = requests(page);
            ada.opens("/consumers");
            long opened = System.nanoTime();
            page.waitForCondition(() -> parts(asked) == 3,
                    new Page.WaitForConditionOptions().setTimeout(PATIENCE_MILLIS));

            // Itself, at once as the stream is refused, and then slowly.
            assertThat(Duration.ofNanos(System.nanoTime() - opened)).isBetween(Duration.ofSeconds(13),
                    Duration.ofSeconds(25));
            assertThat(notice(page).count()).isZero();
        }
    }

    @Test
    void aPageInTheBackgroundHasNoStreamAndIsFetchedOnceWhenItIsSeenAgain() {
        try (Person ada = ada()) {
            Page page = ada.page();
            List<String> asked = requests(page);
            List<String> left = new CopyOnWriteArrayList<>();
            page.onRequestFailed(request -> left.add(request.url()));
            ada.opens("/waits");
            isQuiet(page, asked);
            asked.clear();

            isHidden(page, true);
            page.waitForCondition(() -> left.stream().anyMatch(url -> url.contains("/live?")));
            isQuiet(page, asked);
            assertThat(asked).isEmpty();

            isHidden(page, false);
            isQuiet(page, asked);

            assertThat(asked).hasSize(2).anyMatch(url -> url.contains("/live?")).anyMatch(
                    url -> url.contains("/waits?"));
        }
    }

    /** Here the console says all the time that something has changed. */
    @Test
    void whatSomebodyIsFillingInIsNotTakenFromThem() {
        try (Person ada = ada()) {
            Page page = ada.page();
            page.route(STREAMS, route -> says(route, CHANGED));
            ada.opens("/parked").types("Why", "half a sen");
            page.evaluate("""
                    () => {
                      const field = Object.assign(document.createElement('input'), {id: 'unsaved'});
                      document.querySelector('[hx-trigger="live"]').append(field);
                      field.focus();
                    }""");
            page.keyboard().type("half a word");
            page.waitForRequest(STREAMS, () -> {});
            page.waitForRequest(STREAMS, () -> {});
            assertThat(page.locator("#unsaved").inputValue()).isEqualTo("half a word");

            page.locator("#why").focus();

            page.waitForCondition(() -> page.locator("#unsaved").count() == 0);
            assertThat(page.locator("#why").inputValue()).isEqualTo("half a sen");
            assertThat(page.evaluate("() => document.activeElement.id")).isEqualTo("why");
        }
    }

    private Person ada() {
        return chromium.person(waybill.addresses().console(), "ada");
    }

    private static List<String> requests(Page page) {
        List<String> asked = new CopyOnWriteArrayList<>();
        page.onRequest(request -> asked.add(request.url()));
        return asked;
    }

    private static long parts(List<String> asked) {
        return asked.stream().filter(url -> url.endsWith("/consumers")).count();
    }

    /** Until it has asked for nothing for a while. */
    private static void isQuiet(Page page, List<String> asked) {
        var last = new Object() {
            int count = -1;
            long at = System.nanoTime();
        };
        page.waitForCondition(() -> {
            if (asked.size() != last.count) {
                last.count = asked.size();
                last.at = System.nanoTime();
            }
            return System.nanoTime() - last.at > QUIET.toNanos();
        }, new Page.WaitForConditionOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static void says(Route route, String event) {
        route.fulfill(new Route.FulfillOptions().setContentType("text/event-stream").setBody(event));
    }

    /** Browsers without a window show every page. */
    private static void isHidden(Page page, boolean hidden) {
        page.evaluate("""
                hidden => {
                  Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden});
                  document.dispatchEvent(new Event('visibilitychange'));
                }""", hidden);
    }

    private static String age(Page page) {
        return page.locator("[data-age]").first().innerText();
    }

    private static Locator notice(Page page) {
        return page.locator("#not-up-to-date");
    }

    private static void noticeGoes(Page page) {
        notice(page).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED)
                .setTimeout(PATIENCE_MILLIS));
    }

    private long console() {
        return waybill.platform().status().stream().filter(each -> each.name().equals("operations-console"))
                .findFirst().orElseThrow().pid();
    }

    private static void signal(String signal, long process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process)).start().waitFor()).isZero();
    }
}
