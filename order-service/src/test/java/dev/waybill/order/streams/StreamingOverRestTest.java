package dev.waybill.order.streams;

import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderServiceTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import static dev.waybill.order.OrderApi.goodOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Orders are changed in the database, as by another replica. */
@Timeout(60)
@OrderServiceTest
class StreamingOverRestTest {

    private static final int PLACES = 5;

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Watching watching;

    private OrderApi api = OrderApi.on(0);
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Stream> open = new ArrayList<>();
    private String order = "";

    @BeforeEach
    void placeOne() {
        api = OrderApi.on(port);
        order = api.placed(goodOrder()).get("id").asString();
    }

    @AfterEach
    void leave() {
        leaveAll();
        client.close();
    }

    /** The service notices at the next heartbeat, and only then others have room. */
    private void leaveAll() {
        open.forEach(Stream::close);
        await().atMost(Duration.ofSeconds(30)).until(() -> watching.watches() == 0);
    }

    @Test
    void currentStatusComesFirstAndTheEndLast() throws Exception {
        Stream stream = watch();

        assertThat(stream.nextEvent()).startsWith("event: status\nid: 0\ndata: {\"status\":\"PENDING\",\"reason\":null,"
                + "\"version\":0,\"updatedAt\":\"");
        become("CONFIRMED", null);
        assertThat(stream.nextEvent()).startsWith("event: status\nid: 1\ndata: {\"status\":\"CONFIRMED\"");
        become("REJECTED", "OUT_OF_STOCK");
        assertThat(stream.nextEvent()).contains("\"status\":\"REJECTED\",\"reason\":\"OUT_OF_STOCK\",\"version\":2");
        assertThat(stream.lines.readLine()).isNull();
    }

    @Test
    void silenceIsBrokenByHeartbeats() throws Exception {
        Stream stream = watch();
        stream.nextEvent();

        assertThat(stream.lines.readLine()).startsWith(":");
        assertThat(stream.lines.readLine()).isEmpty();
        assertThat(stream.lines.readLine()).startsWith(":");
    }

    @Test
    void whatWasSeenIsNotRepeated() throws Exception {
        become("CONFIRMED", null);
        Stream stream = watch("Last-Event-ID", "1");

        become("CANCELLED", "Changed my mind");

        assertThat(stream.nextEvent()).contains("id: 2").contains("CANCELLED");
    }

    @Test
    void whoHasSeenTheEndIsToldNotToComeAgain() throws Exception {
        become("DELIVERED", null);

        assertThat(watch("Last-Event-ID", "0").nextEvent()).contains("DELIVERED");
        assertThat(watch("Last-Event-ID", "1").response.statusCode()).isEqualTo(204);
    }

    @Test
    void orderThatIsNotThere() throws Exception {
        order = UUID.randomUUID().toString();

        Stream stream = watch();

        assertThat(stream.response.statusCode()).isEqualTo(404);
        assertThat(stream.lines.readLine()).contains("order-not-found");
    }

    @Test
    void eventIdThatIsNone() throws Exception {
        assertThat(watch("Last-Event-ID", "yesterday").response.statusCode()).isEqualTo(400);
    }

    @Test
    void noMoreWatchThanThereArePlacesAndWhoLeavesMakesRoom() throws Exception {
        for (int i = 0; i < PLACES; i++) {
            assertThat(watch().response.statusCode()).isEqualTo(200);
        }
        Stream refused = watch();
        assertThat(refused.response.statusCode()).isEqualTo(503);
        assertThat(refused.response.headers().firstValue("Retry-After")).isPresent();

        leaveAll();

        assertThat(watch().response.statusCode()).isEqualTo(200);
    }

    @Test
    void streamsEndWhenTheServiceDoes() throws Exception {
        Stream stream = watch();
        assertThat(stream.nextEvent()).contains("PENDING");

        watching.stop();

        try {
            assertThat(IntStream.range(0, 100).mapToObj(i -> stream.line()).anyMatch(END::equals)).isTrue();
        } finally {
            watching.start();
        }
    }

    private static final String END = "the end";

    private void become(String status, @Nullable String reason) {
        jdbc.sql("update orders set status = :status, reason = :reason, version = version + 1 where id = :id::uuid")
                .param("status", status).param("reason", reason).param("id", order).update();
    }

    private Stream watch(String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                URI.create("http://localhost:%d/orders/%s/events".formatted(port, order)))
                .header("Accept", "text/event-stream").timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var stream = new Stream(client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        open.add(stream);
        return stream;
    }

    private static final class Stream {

        private final HttpResponse<InputStream> response;
        private final BufferedReader lines;

        Stream(HttpResponse<InputStream> response) {
            this.response = response;
            this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        String nextEvent() throws IOException {
            var event = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && !event.isEmpty()) {
                    break;
                }
                if (!line.isEmpty() && !line.startsWith(":")) {
                    event.append(line).append('\n');
                }
            }
            return event.toString();
        }

        String line() {
            try {
                String line = lines.readLine();
                return line == null ? END : line;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void close() {
            try {
                response.body().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
