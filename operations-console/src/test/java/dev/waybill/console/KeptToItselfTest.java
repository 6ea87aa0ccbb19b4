package dev.waybill.console;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is asked of the console, browsers are told to run nothing that stands in a page; and nothing stands there. */
class KeptToItselfTest extends PageFixture {

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/console.css", "/webjars/htmx.org/2.0.10/dist/htmx.min.js", "/livez",
            "/what-is-not-there", "/orders/no-order"})
    void everyAnswerKeepsBrowsersToTheConsole(String path) {
        assertThat(http.get().uri(path).header("Accept", BROWSER).exchange())
                .hasHeader("Content-Security-Policy", "default-src 'self'; object-src 'none'; base-uri 'none'; "
                        + "form-action 'self'; frame-ancestors 'none'")
                .hasHeader("X-Content-Type-Options", "nosniff")
                .hasHeader("Referrer-Policy", "same-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console.css", "/keep.js", "/live.js", "/icon.svg",
            "/webjars/htmx.org/2.0.10/dist/htmx.min.js"})
    void whatThePagesLoadIsServed(String path) {
        assertThat(http.get().uri(path).exchange()).hasStatusOk();
    }

    @Test
    void noTemplateHasAScriptOrAStyleInIt() throws IOException {
        try (Stream<Path> templates = Files.walk(Path.of("src/main/resources/templates"))) {
            List<Path> files = templates.filter(file -> file.toString().endsWith(".html")).toList();
            assertThat(files).hasSizeGreaterThan(10);
            for (Path file : files) {
                assertThat(Files.readString(file)).as(file.toString())
                        .doesNotContainPattern("<script(?![^>]* th:src=)")
                        .doesNotContain("<style", "hx-on", "javascript:")
                        .doesNotContainPattern("\\s(?:style|on[a-z]+)=")
                        .doesNotContainPattern("hx-trigger=\"[^\"]*\\[");
            }
        }
    }
}
