package dev.waybill.console.live;

import dev.waybill.testing.RealServers;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.mock.web.DelegatingServletOutputStream;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.ContextConfiguration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The stream as a browser reads it, of a page whose content a test says. */
@Timeout(60)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = {
        "waybill.console.consumers.every=1h", "waybill.console.flow.every=1h", "waybill.console.bulk.every=1h",
        "waybill.console.live.at-once=" + LiveStreamTest.PLACES, "waybill.console.live.every=30ms",
        "waybill.console.live.heartbeat=300ms"})
@ContextConfiguration(initializers = RealServers.class)
class LiveStreamTest {

    static final int PLACES = 200;

    private static final Logger LOG = LoggerFactory.getLogger(LiveStreamTest.class);
    private static final String CHANGED = "event: changed\ndata: -\n\n";
    private static final String SAME = "event: same\ndata: -\n\n";
    private static final String END = "0\r\n\r\n";
    private static final AtomicReference<String> SHOWN = new AtomicReference<>("first");
    private static final AtomicInteger LOOKS = new AtomicInteger();

    @TestConfiguration
    static class APage {

        @Bean
        Sight seenByTheTest() {
            return new Sight("/page/{id}", address -> {
                LOOKS.incrementAndGet();
                return address.variables() + SHOWN.get();
            });
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private LiveController live;

    @Autowired
    private Watching watching;

    @Autowired
    private MeterRegistry meters;

    private final List<Stream> open = new ArrayList<>();

    @AfterEach
    void leave() {
        leaveAll();
    }

    /** The console notices at the next heartbeat. */
    private void leaveAll() {
        open.forEach(Stream::close);
        open.clear();
        await().atMost(Duration.ofSeconds(20)).until(() -> streams() == 0 && watching.watched() == 0);
    }

    @Test
    void aChangeIsToldAndNoChangeIsNot() {
        Stream stream = stream("/page/1");
        assertThat(stream.head).contains("HTTP/1.1 200", "text/event-stream", "no-store", "X-Accel-Buffering: no");
        stream.reads(CHANGED);
        stream.reads(SAME);
        stream.reads(SAME);
        assertThat(stream.all()).containsOnlyOnce(CHANGED);

        SHOWN.set("second");

        stream.reads(CHANGED);
        stream.reads(SAME);
        assertThat(stream.all().split(CHANGED, -1)).hasSize(3);
    }

    @Test
    void whoeverComesLaterIsToldOnceAndNobodyElseIs() {
        Stream first = stream("/page/1");
        first.reads(CHANGED);

        Stream second = stream("/page/1");
        second.reads(CHANGED);

        second.reads(SAME);
        first.reads(SAME);
        assertThat(first.all()).containsOnlyOnce(CHANGED);
        assertThat(watching.watched()).isOne();
    }

    @Test
    void noMoreAreToldThanThereArePlacesAndWhoLeavesMakesRoom() {
        for (int place = 0; place < PLACES; place++) {
            assertThat(stream("/page/" + place % 3).head).contains("HTTP/1.1 200");
        }
        assertThat(stream("/page/1").head).contains("HTTP/1.1 503", "Retry-After: 15");
        assertThat(streams()).isEqualTo(PLACES);
        assertThat(watching.watched()).isEqualTo(3);

        leaveAll();

        assertThat(stream("/page/1").head).contains("HTTP/1.1 200");
    }

    @Test
    void nobodyLooksWhereNobodyIsLeft() {
        stream("/page/1").reads(CHANGED);

        leaveAll();

        await().pollInterval(Duration.ofMillis(200)).until(() -> LOOKS.getAndSet(0) == 0);
    }

    /** All that is needed for a page to be told: connection, thread and what they hold. The other half of it is the browser's. */
    @Test
    void aStreamCostsLittle() {
        stream("/page/1").reads(CHANGED);
        long before = used();
        for (int place = 1; place < PLACES; place++) {
            stream("/page/" + place).reads(CHANGED);
        }

        long each = (used() - before) / (PLACES - 1);

        LOG.info("A stream takes {} bytes", each);
        assertThat(each).isLessThan(100_000);
    }

    /** Their requests would else be waited for. */
    @Test
    void streamsEndWhenTheConsoleDoes() {
        Stream stream = stream("/page/1");
        stream.reads(CHANGED);

        watching.stop();

        try {
            stream.reads(END);
            stream("/page/1").reads(END);
        } finally {
            watching.start();
        }
    }

    @Test
    void whoCannotBeWrittenToIsLetGo() {
        live.live("/page/1", writingTo(new OutputStream() {
            @Override
            public void write(int next) throws IOException {
                throw new IOException("Broken pipe");
            }
        }));

        assertThat(streams()).isZero();
        assertThat(watching.watched()).isZero();
    }

    @Test
    void whoReadsSlowlyHoldsUpNobody() throws InterruptedException {
        var writes = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        Thread slow = Thread.ofVirtual().start(() -> live.live("/page/1", writingTo(new OutputStream() {
            @Override
            public void write(int next) throws IOException {
                writes.countDown();
                try {
                    goesOn.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("Read timed out");
            }
        })));
        writes.await();
        Stream stream = stream("/page/1");
        stream.reads(CHANGED);

        SHOWN.set("while somebody reads slowly");

        stream.reads(CHANGED);
        goesOn.countDown();
        slow.join();
        await().until(() -> streams() == 1);
    }

    private static MockHttpServletResponse writingTo(OutputStream out) {
        return new MockHttpServletResponse() {
            @Override
            public ServletOutputStream getOutputStream() {
                return new DelegatingServletOutputStream(out);
            }
        };
    }

    private double streams() {
        return meters.get("console.streams").gauge().value();
    }

    private static long used() {
        System.gc();
        Runtime java = Runtime.getRuntime();
        return java.totalMemory() - java.freeMemory();
    }

    private Stream stream(String about) {
        try {
            var stream = new Stream(new Socket("localhost", port), about);
            open.add(stream);
            return stream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Stream {

        private final Socket socket;
        private final InputStream in;
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();
        private int seen;
        final String head;

        Stream(Socket socket, String about) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("""
                    GET /live?about=%s HTTP/1.1\r
                    Host: localhost\r
                    Accept: text/event-stream\r
                    \r
                    """.formatted(about).getBytes(StandardCharsets.US_ASCII));
            in = socket.getInputStream();
            reads("\r\n\r\n");
            head = all();
        }

        /** Until that has come, after what was waited for before. */
        void reads(String text) {
            // Heartbeats come for ever, where what is waited for does not.
            long until = System.nanoTime() + Duration.ofSeconds(15).toNanos();
            while (!all().substring(seen).contains(text)) {
                assertThat(System.nanoTime() - until).as(text).isNegative();
                try {
                    int next = in.read();
                    assertThat(next).as("not at the end of: " + all()).isNotNegative();
                    all.write(next);
                } catch (IOException e) {
                    throw new AssertionError("\"%s\" does not come after: %s".formatted(text, all()), e);
                }
            }
            seen = all().length();
        }

        String all() {
            return all.toString(StandardCharsets.US_ASCII);
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
