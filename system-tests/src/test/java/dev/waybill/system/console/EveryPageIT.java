package dev.waybill.system.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every page of the console with something on it, in a real browser: it can be read and used by everybody, at a desk and on a phone,
 * by day and by night, and nothing goes wrong behind it.
 */
@PlatformTest
@Tag("long")
@Order(3)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EveryPageIT {

    private static final Path TEMPLATES = Path.of("..", "operations-console", "src", "main", "resources", "templates");
    /** What a template says it puts into the layout. */
    private static final Pattern CONTENT = Pattern.compile("layout :: page\\(.*~\\{:: #([a-z-]+)}");

    private final Waybill waybill;
    private final Chromium chromium;
    private final Set<String> seen = new TreeSet<>();
    private @Nullable Scene scene;
    private String frozen = "";
    private String workedOff = "";

    /** A page, and how somebody gets there. */
    record Way(String page, Consumer<Person> go) {

        static Way to(String page, String path) {
            return new Way(page, person -> person.opens(path));
        }

        static Way toWhatIsMissing(String page, String path) {
            return new Way(page, person -> person.opensWhatIsMissing(path));
        }

        @Override
        public String toString() {
            return page;
        }
    }

    EveryPageIT(Waybill waybill) throws IOException, InterruptedException {
        this.waybill = waybill;
        this.chromium = Chromium.start();
    }

    @BeforeAll
    void somethingHasHappenedAndSomebodyHasActed() {
        scene = new Scene(waybill);
        try (Person ada = ada()) {
            ada.opens("/sagas/together?status=STUCK").types("Why", "the carrier is back")
                    .clicks(AriaRole.BUTTON, "See which these are");
            frozen = pathOf(ada);
            ada.opens(scene().parkedUnderOneKey()).types("Why", "to see whether it is mended")
                    .clicks(AriaRole.BUTTON, "Freeze a selection");
            workedOff = pathOf(ada);
            ada.page().getByLabel(Pattern.compile("^This acts on")).fill("1");
            ada.clicks(AriaRole.BUTTON, "Start");
            assertThat(ada.troubles()).isEmpty();
        }
    }

    @AfterAll
    void everythingIsSeenToAndEveryInvariantHolds() {
        chromium.close();
        scene().close();
        waybill.auditIsGreen();
    }

    Stream<Way> pages() {
        String order = "/orders/" + scene().fulfilled.id();
        String stuck = "/orders/" + scene().stuck.id();
        String saga = scene().sagaPage();
        String parked = Scene.messagePage(scene().parked);
        String mended = Scene.messagePage(scene().mended);
        return Stream.of(
                Way.to("front", "/"),
                Way.to("orders", "/orders"), Way.to("orders, none found", "/orders?q=W-1"),
                Way.to("order", order), Way.to("order whose saga is stuck", stuck),
                Way.to("order as it was", order + "?stop=2"), Way.to("messages of an order", order + "/messages"),
                Way.to("what waits for the outside world", "/waits?service=payment-service"),
                Way.to("trace", order + "/trace"),
                Way.to("trace that is not here", stuck + "/trace"),
                Way.to("sagas", "/sagas"), Way.to("sagas that have ended", "/sagas?status=COMPLETED"),
                Way.to("saga", saga), Way.to("steering", saga + "/retry"), Way.to("resolving", saga + "/resolve"),
                Way.to("sagas together", "/sagas/together?status=STUCK"),
                Way.to("parked messages", "/parked"), Way.to("parked message", parked),
                Way.to("edited message", mended),
                new Way("dry run that fails",
                        person -> person.opens(parked).clicks(AriaRole.BUTTON, "Dry run")),
                new Way("dry run", person -> person.opens(mended).clicks(AriaRole.BUTTON, "Dry run")),
                new Way("what an edit changes",
                        person -> edits(person.opens(parked)).clicks(AriaRole.BUTTON, "Show what it changes")),
                Way.to("selections", "/selections"), Way.to("frozen selection", frozen),
                new Way("selection that was worked off",
                        person -> person.opens(workedOff).waitsFor("1 of 1 items seen to")),
                Way.to("consumers", "/consumers"), Way.to("journal", "/journal"), Way.to("who", "/who"),
                new Way("a name that is none",
                        person -> person.opens("/who").types("Your name", "Zo\u00eb").clicks(AriaRole.BUTTON, "Go on")),
                Way.toWhatIsMissing("no page", "/no-such-page"),
                Way.toWhatIsMissing("no order", "/orders/" + UUID.randomUUID()),
                Way.toWhatIsMissing("no saga", "/sagas/" + UUID.randomUUID()),
                Way.toWhatIsMissing("no message", Scene.messagePage(UUID.randomUUID().toString())),
                // The last, as the message is gone then.
                new Way("what came of a replay", person -> replays(person.opens(mended))));
    }

    @ParameterizedTest
    @MethodSource("pages")
    @Order(2)
    void isForEverybody(Way way) {
        try (Person ada = ada()) {
            way.go().accept(ada);
            seen.add(String.valueOf(ada.page().evaluate("() => document.querySelector('main > div').id")));
            var softly = new SoftAssertions();
            for (Look look : Look.values()) {
                ada.sees(look);
                softly.assertThat(Readability.violations(ada.page())).as("%s, %s", way, look).isEmpty();
                softly.assertThat(Readability.sideways(ada.page())).as("%s, %s", way, look).isEmpty();
            }
            ada.sees(Look.DESK_BY_DAY);
            softly.assertThat(Readability.keyboard(ada.page())).as("%s, by keyboard", way).isEmpty();
            softly.assertThat(ada.troubles()).as("%s, behind it", way).isEmpty();
            softly.assertAll();
        }
    }

    /** A part of the page is exchanged for a newer one when something has changed. */
    @Test
    @Order(1)
    void whoeverIsInAPartThatIsRefreshedStaysThere() {
        try (Person ada = ada()) {
            Page page = ada.opens("/consumers").page();
            page.locator("summary").nth(1).focus();
            page.keyboard().press("Enter");
            String group = opened(page);

            page.waitForResponse(response -> response.url().endsWith("/consumers"), () -> comesAnew(page));
            page.waitForFunction("() => !document.querySelector('.htmx-settling, .htmx-request')");

            assertThat(opened(page)).isNotEmpty().isEqualTo(group);
            assertThat(page.evaluate("() => document.activeElement.closest('details')?.id")).isEqualTo(group);
        }
    }

    /** What was seen last would else look as if it were so now. */
    @Test
    @Order(1)
    void aPartThatComesNoMoreIsSaidToBeOldUntilItComesAgain() {
        try (Person ada = ada()) {
            Page page = ada.opens("/consumers").page();
            page.route("**/consumers", Route::abort);
            comesAnew(page);
            ada.waitsFor("Not up to date since");

            page.unroute("**/consumers");

            page.waitForCondition(() -> page.locator("#not-up-to-date").count() == 0);
        }
    }

    @Test
    @Order(3)
    void noTemplateWasLeftOut() throws IOException {
        Set<String> contents = new TreeSet<>();
        try (Stream<Path> templates = Files.list(TEMPLATES)) {
            for (Path template : templates.toList()) {
                Matcher content = CONTENT.matcher(Files.readString(template));
                if (content.find()) {
                    contents.add(content.group(1));
                }
            }
        }
        assertThat(seen).isNotEmpty().containsAll(contents);
    }

    private static void comesAnew(Page page) {
        page.evaluate("() => document.querySelector('[hx-trigger=\"live\"]').dispatchEvent(new Event('live'))");
    }

    private static String opened(Page page) {
        return String.valueOf(page.evaluate("() => document.querySelector('details[open]')?.id ?? ''"));
    }

    private static Person edits(Person person) {
        person.page().locator("#payload").fill("{\n  \"orderId\" : \"%s\"\n}".formatted(UUID.randomUUID()));
        person.page().locator("#edit-why").fill("the id was a number");
        return person;
    }

    private static Person replays(Person person) {
        person.page().locator("#replay-why").fill("it is mended");
        return person.clicks(AriaRole.BUTTON, "Replay");
    }

    private Person ada() {
        return chromium.person(scene().console(), "ada");
    }

    private Scene scene() {
        return requireNonNull(scene);
    }

    private static String pathOf(Person person) {
        return person.page().url().replaceFirst("^https?://[^/]+", "");
    }
}
