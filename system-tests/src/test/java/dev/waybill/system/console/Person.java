package dev.waybill.system.console;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Somebody at the browser, who reads, clicks and types. Clicks are counted, and what goes wrong behind their back is noted: errors
 * and warnings in the browser's console, what a policy has kept from the page, requests that failed.
 */
final class Person implements AutoCloseable {

    private static final double PATIENCE_MILLIS = 30_000;

    private final BrowserContext context;
    private final URI console;
    private final Page page;
    private final List<String> troubles = new ArrayList<>();
    private int clicks;
    private int missing = -1;

    Person(BrowserContext context, URI console, @Nullable String name) {
        this.context = context;
        this.console = console;
        if (name != null) {
            context.addCookies(List.of(new Cookie("operator", name).setUrl(console.toString())));
        }
        page = context.newPage();
        page.onConsoleMessage(this::note);
        page.onPageError(error -> troubles.add("error: " + error));
        page.onRequestFailed(this::note);
        page.onResponse(this::note);
    }

    Page page() {
        return page;
    }

    /** Opens an address of the console. */
    Person opens(String path) {
        page.navigate(console.resolve(path).toString());
        return settled();
    }

    /** Opens an address where there is nothing: that it is said so is no trouble. */
    Person opensWhatIsMissing(String path) {
        missing = 404;
        return opens(path);
    }

    Person clicks(AriaRole role, String name) {
        return clicks(page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true)));
    }

    Person clicks(AriaRole role, Pattern name) {
        return clicks(page.getByRole(role, new Page.GetByRoleOptions().setName(name)));
    }

    private Person clicks(Locator what) {
        clicks++;
        what.first().click();
        return settled();
    }

    Person types(String label, String text) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).first().fill(text);
        return this;
    }

    /** Until the page says that, by itself. */
    Person waitsFor(String text) {
        try {
            page.getByText(text).first().waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
            return this;
        } catch (TimeoutError e) {
            throw new AssertionError("%s does not say \"%s\", but: %s".formatted(page.url(), text,
                    page.locator("main").innerText()), e);
        }
    }

    /** Has a screen like that from now on. */
    Person looksIn(Look look) {
        page.setViewportSize(look.width, look.height);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.scheme));
        return this;
    }

    /** Sees all of the page in that way, what is folded too. */
    Person sees(Look look) {
        looksIn(look);
        page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })");
        return this;
    }

    void takesAPicture(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    int clicks() {
        return clicks;
    }

    /** What has gone wrong up to now. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    /** Until no part of the page is being fetched. */
    private Person settled() {
        page.waitForFunction("() => !document.querySelector('.htmx-request')");
        return this;
    }

    private void note(ConsoleMessage message) {
        boolean isBad = List.of("error", "warning").contains(message.type());
        if (isBad && !message.text().contains("status of " + missing)) {
            troubles.add("%s: %s (%s)".formatted(message.type(), message.text(), message.location()));
        }
    }

    /** Whoever goes on to another page breaks off what the last one was asking for. */
    private void note(Request failed) {
        if (!"net::ERR_ABORTED".equals(failed.failure())) {
            troubles.add("%s: %s".formatted(failed.url(), failed.failure()));
        }
    }

    private void note(Response response) {
        boolean isExpected = response.status() == missing && response.request().isNavigationRequest();
        if (response.status() >= 400 && !isExpected) {
            troubles.add("%s: status %d".formatted(response.url(), response.status()));
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
