package dev.waybill.system.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real Chromium without a window: the system's own, which the repository's script installs where it is missing and that may be
 * done. Nothing is downloaded by the driver.
 */
final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(
                Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(executable));
    }

    static Chromium start() throws IOException, InterruptedException {
        Path said = Files.createDirectories(Path.of("target")).resolve("chromium.log");
        Process need = new ProcessBuilder(
                Stream.concat(Stream.of("../.ci/need", "chromium"), NAMES.stream()).toList()).redirectErrorStream(true)
                .redirectOutput(said.toFile()).start();
        assertThat(need.waitFor()).as(Files.readString(said)).isZero();
        return new Chromium(NAMES.stream().flatMap(name -> onThePath(name).stream()).findFirst().orElseThrow());
    }

    private static Optional<Path> onThePath(String name) {
        return Stream.of(requireNonNull(System.getenv("PATH")).split(File.pathSeparator))
                .map(directory -> Path.of(directory, name)).filter(Files::isExecutable).findFirst();
    }

    /** Somebody who comes for the first time, or has said that name before. */
    Person person(URI console, @Nullable String name) {
        return new Person(browser.newContext(), console, name);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
