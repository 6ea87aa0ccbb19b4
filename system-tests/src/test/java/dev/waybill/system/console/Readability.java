package dev.waybill.system.console;

import com.microsoft.playwright.Page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Whether a page can be read and used by everybody: by axe's rules for levels A and AA of WCAG 2.1, without scrolling sideways, and
 * with the keyboard alone. Each method says what is in the way; nothing, where nothing is.
 */
final class Readability {

    private static final String AXE = axe();
    private static final String VIOLATIONS = """
            async tags => (await axe.run(document, {runOnly: {type: 'tag', values: tags}})).violations.flatMap(
              rule => rule.nodes.map(node => rule.id + ' at ' + node.target.join(' ') + ': '
                + node.any.concat(node.all, node.none).map(check => check.message).join('; ')))""";
    private static final List<String> LEVELS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa");
    /** What stands out to the right of the page, and in no part that scrolls by itself. */
    private static final String SIDEWAYS = """
            () => {
              const page = document.documentElement;
              return page.scrollWidth <= page.clientWidth ? [] : [...document.body.querySelectorAll('*')]
                .filter(each => each.getBoundingClientRect().right > page.clientWidth && !each.closest('.scroll'))
                .map(each => 'wider than the page: ' + each.outerHTML.slice(0, 100)).concat('it scrolls sideways');
            }""";
    /** An element by what it is for people: it may be exchanged for its like while somebody goes through the page. */
    private static final String NAME = """
            each => [each.tagName, each.id, each.getAttribute('href'), each.getAttribute('name'),
              each.type === 'radio' ? '' : each.getAttribute('value'), each.getAttribute('aria-label'),
              each.getAttribute('aria-labelledby'), each.closest('details')?.id,
              ['A', 'BUTTON'].includes(each.tagName) ? each.textContent.trim() : ''].join('|')""";
    private static final String REACHABLE = """
            () => {
              const name = %s;
              const groups = new Set();
              return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
                .filter(each => !each.disabled && each.type !== 'hidden' && each.checkVisibility({visibilityProperty: true}))
                .filter(each => each.type !== 'radio' || !groups.has(each.name) && groups.add(each.name))
                .map(each => each.type === 'radio' ? 'radio|' + each.name : name(each));
            }"""
            .formatted(NAME);
    private static final String FOCUSED = """
            () => {
              const name = %s;
              const at = document.activeElement;
              if (!at || at === document.body) {
                return null;
              }
              const style = getComputedStyle(at);
              const box = at.getBoundingClientRect();
              return {
                name: at.type === 'radio' ? 'radio|' + at.name : name(at),
                marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
                inSight: box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
              };
            }"""
            .formatted(NAME);
    private static final String IN_CONTENT = "() => document.querySelector('main').contains(document.activeElement)";

    private Readability() {}

    private static String axe() {
        try (InputStream script = Objects.requireNonNull(Readability.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> violations(Page page) {
        if ("undefined".equals(page.evaluate("() => typeof axe"))) {
            page.evaluate(AXE);
        }
        return texts(page.evaluate(VIOLATIONS, LEVELS));
    }

    static List<String> sideways(Page page) {
        return texts(page.evaluate(SIDEWAYS));
    }

    /** Goes once around the page with the Tab key, from wherever the page has put the focus. */
    static List<String> keyboard(Page page) {
        Set<String> objections = new LinkedHashSet<>();
        List<String> before = texts(page.evaluate(REACHABLE));
        Set<String> reached = new LinkedHashSet<>();
        // Some fields have several places of their own.
        for (int presses = 0; presses < 3 * before.size() + 20; presses++) {
            page.keyboard().press("Tab");
            if (!(page.evaluate(FOCUSED) instanceof Map<?, ?> focus)) {
                continue;
            }
            String name = String.valueOf(focus.get("name"));
            if (reached.size() > 1 && name.equals(reached.iterator().next())) {
                break;
            }
            reached.add(name);
            if (!Boolean.TRUE.equals(focus.get("marked"))) {
                objections.add("its focus is not to be seen: " + name);
            }
            if (!Boolean.TRUE.equals(focus.get("inSight"))) {
                objections.add("it has the focus out of sight: " + name);
            }
            if (name.contains("|#content|") && !skips(page)) {
                objections.add("the link past the navigation leads nowhere");
            }
        }
        Set<String> still = Set.copyOf(texts(page.evaluate(REACHABLE)));
        before.stream().filter(name -> still.contains(name) && !reached.contains(name))
                .map(name -> "not reached by Tab: " + name).forEach(objections::add);
        return new ArrayList<>(objections);
    }

    /** Past the navigation and back again; true too where there is nothing behind it that could be reached. */
    private static boolean skips(Page page) {
        page.keyboard().press("Enter");
        page.keyboard().press("Tab");
        boolean inContent = Boolean.TRUE.equals(page.evaluate(IN_CONTENT));
        boolean isBare = !Boolean.TRUE.equals(page.evaluate(
                "() => !!document.querySelector('main :is(a[href], button, input, select, textarea, summary, [tabindex=\"0\"])')"));
        page.evaluate("() => document.querySelector('.skip').focus()");
        return inContent || isBare;
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }
}
