package dev.waybill.benchmarks.observability;

import dev.waybill.benchmarks.platform.Contender;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads every process' metrics as a Prometheus does, from now on until it is closed. What it takes itself counts to nobody. */
final class Scraping implements Contender.Turn {

    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger failed = new AtomicInteger();
    private final List<Integer> ports;

    Scraping(List<Integer> ports) {
        this.ports = List.copyOf(ports);
        var _ = thread.scheduleAtFixedRate(() -> this.ports.forEach(this::scrape), 0, EVERY.toSeconds(),
                TimeUnit.SECONDS);
    }

    private void scrape(int port) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/actuator/prometheus".formatted(port)))
                .timeout(PATIENCE).header("Accept", "text/plain;version=0.0.4").build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200 || answer.body().length == 0) {
                failed.incrementAndGet();
            }
        } catch (IOException e) {
            failed.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers that did not come, so that nobody takes for cheap what has not happened. */
    int failed() {
        return failed.get();
    }

    @Override
    public void close() {
        thread.close();
        http.close();
    }
}
