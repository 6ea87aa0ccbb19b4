package dev.waybill.benchmarks.console;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks the console for pages as a browser does, in an operator's name; for the page alone, not for what stands in it. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern FURTHER = Pattern.compile("href=\"([^\"]*[?;&]cursor=[^\"]*)\"");
    private static final Pattern NAVIGATION = Pattern.compile("<nav aria-label=\"Pages\">(.*?)</nav>", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("href=\"([^\"]*)\"");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String console;

    Browser(int port) {
        this.console = "http://127.0.0.1:" + port;
    }

    /** @throws IOException where there is no such page */
    String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request(path).header("Accept", "text/html,*/*;q=0.8").build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("%s was answered with %d".formatted(path, answer.statusCode()));
        }
        return answer.body();
    }

    /** Sends a form; answers the path of the page that the browser is sent to. */
    String post(String path, Map<String, String> form) throws IOException, InterruptedException {
        String body = form.entrySet().stream().map(each -> each.getKey() + "="
                + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
        HttpResponse<String> answer = http.send(
                request(path).header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", console).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
        return URI.create(answer.headers().firstValue("Location").orElseThrow(() -> new IOException(
                "%s was answered with %d: %s".formatted(path, answer.statusCode(), answer.body())))).getPath();
    }

    /** The path to which a list's link to what is older leads, after so many of them were followed; that of the last page at most. */
    String further(String path, int pages) throws IOException, InterruptedException {
        String at = path;
        for (int page = 0; page < pages; page++) {
            Matcher link = FURTHER.matcher(get(at));
            if (!link.find()) {
                return at;
            }
            at = link.group(1).replace("&amp;", "&");
        }
        return at;
    }

    /** The pages that every page leads to. */
    List<String> navigation() throws IOException, InterruptedException {
        Matcher navigation = NAVIGATION.matcher(get("/orders"));
        return navigation.find()
                ? LINK.matcher(navigation.group(1)).results().map(link -> link.group(1)).toList()
                : List.of();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(console + path)).timeout(PATIENCE).header("Cookie",
                "operator=bench");
    }

    @Override
    public void close() {
        http.close();
    }
}
