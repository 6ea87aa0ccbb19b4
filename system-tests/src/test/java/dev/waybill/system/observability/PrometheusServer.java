package dev.waybill.system.observability;

import dev.waybill.system.driver.Http;
import dev.waybill.system.driver.Http.Answer;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

/**
 * A real Prometheus with the repository's configuration, of which only this is changed: where the targets are, and that it looks
 * every second. No alert waits for longer than a second to fire.
 */
final class PrometheusServer implements AutoCloseable {

    private static final Path CONFIGURATION = Path.of("..", "observability", "prometheus");
    private static final Pattern PORT = Pattern.compile("localhost:(\\d+)");
    private static final long SECONDS_TO_END = 10;

    private final Http http = new Http();
    private final URI address;
    private final Process process;
    private final Thread breakOff;

    /** A series, its labels as JSON, and its value at the moment. */
    record Sample(JsonNode labels, double value) {}

    /** A rule as Prometheus has understood it. */
    record Rule(String name, String query, String health, boolean alerts) {}

    private PrometheusServer(int port, Process process) {
        this.address = URI.create("http://127.0.0.1:" + port);
        this.process = process;
        this.breakOff = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(breakOff);
    }

    /** @param portOffset by how much the platform's ports are moved */
    static PrometheusServer start(Path directory, int portOffset) throws IOException {
        try (Stream<Path> files = Files.walk(CONFIGURATION)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve(CONFIGURATION.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, changed(Files.readString(file), portOffset));
            }
        }
        // There is nobody to tell.
        Files.writeString(directory.resolve("targets").resolve("alertmanager.yml"), "[]\n");
        int port = freePort();
        Path log = directory.resolve("prometheus.log");
        Process process = new ProcessBuilder("prometheus",
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        var server = new PrometheusServer(port, process);
        await("Prometheus is ready, see " + log).until(server::isReady);
        return server;
    }

    private static String changed(String text, int portOffset) {
        String near = PORT.matcher(text)
                .replaceAll(found -> "127.0.0.1:" + (Integer.parseInt(found.group(1)) + portOffset));
        return near.replaceAll("(scrape_interval|scrape_timeout|evaluation_interval): \\d+s", "$1: 1s")
                .replaceAll("(?m)^( +for): \\w+$", "$1: 1s");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isReady() {
        try {
            return http.get(address.resolve("/-/ready")).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws IllegalArgumentException when Prometheus does not understand it */
    List<Sample> query(String expression) {
        return get("/api/v1/query?query=" + encoded(expression)).path("result").valueStream()
                .map(sample -> new Sample(sample.path("metric"),
                        Double.parseDouble(sample.path("value").path(1).asString().replace("Inf", "Infinity"))))
                .toList();
    }

    List<String> labelValues(String label, String series) {
        return get("/api/v1/label/%s/values?match[]=%s".formatted(label, encoded(series)).replace("[]", "%5B%5D"))
                .valueStream().map(JsonNode::asString).toList();
    }

    List<Rule> rules() {
        return get("/api/v1/rules").path("groups").valueStream().flatMap(group -> group.path("rules").valueStream())
                .map(rule -> new Rule(rule.path("name").asString(), rule.path("query").asString(),
                        rule.path("health").asString(), rule.path("type").asString().equals("alerting")))
                .toList();
    }

    /** Whether an alert with this label fires. */
    boolean fires(String alert, String label, String value) {
        return !query("ALERTS{alertname=\"%s\", alertstate=\"firing\", %s=\"%s\"}".formatted(alert, label, value))
                .isEmpty();
    }

    private JsonNode get(String path) {
        try {
            Answer answer = http.get(address.resolve(path));
            if (answer.status() != 200) {
                throw new IllegalArgumentException(answer.body());
            }
            return answer.json().path("data");
        } catch (IOException e) {
            throw new UncheckedIOException("Prometheus does not answer", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(breakOff);
    }
}
