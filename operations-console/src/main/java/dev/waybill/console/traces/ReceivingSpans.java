package dev.waybill.console.traces;

import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.defaults.problems.StandardProblems;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Where services send their spans: OTLP over HTTP, as protobuf, packed by gzip or not. Only from this machine and from private networks, as
 * whoever may write here could show people orders that never were; and whoever lets the console be reached from outside
 * leaves this path out.
 */
@RestController
class ReceivingSpans {

    static final String PATH = "/v1/traces";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final ProblemType NOT_FROM_THERE = ProblemType.forbidden("spans-from-outside",
            "Spans are not taken from outside");

    private static final ProblemType NOT_NOW = ProblemType.unavailable("spans-not-now",
            "Spans are not taken at the moment");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final SpanStore store;
    private final int maxBytes;
    private final Lock oneAtATime = new ReentrantLock();

    ReceivingSpans(SpanStore store, TraceSettings settings) {
        this.store = store;
        this.maxBytes = Math.toIntExact(settings.maxBody().toBytes());
    }

    /** An answer without content is the protocol's for: all of them were taken. */
    @PostMapping(path = PATH, consumes = PROTOBUF)
    ResponseEntity<Void> receive(HttpServletRequest request,
            @RequestHeader(name = HttpHeaders.CONTENT_ENCODING, required = false) @Nullable String encoding)
            throws IOException {
        if (!isInternal(InetAddress.getByName(request.getRemoteAddr()))) {
            throw NOT_FROM_THERE.because("Spans are taken from this machine and from private networks");
        }
        // Before the lock: whoever sends slowly keeps nobody else waiting.
        byte[] body = bounded(request.getInputStream());
        keep(body, encoding);
        return ResponseEntity.ok().header(HttpHeaders.CONTENT_TYPE, PROTOBUF).build();
    }

    /** What is being read takes many times its size: so it is one request's and not everybody's. */
    private void keep(byte[] body, @Nullable String encoding) throws IOException {
        try {
            if (!oneAtATime.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw NOT_NOW.because("Others are being read").retryAfter(LONGEST_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NOT_NOW.because("The console stops").retryAfter(LONGEST_WAIT);
        }
        try {
            store.add(read(unpacked(new ByteArrayInputStream(body), encoding)));
        } finally {
            oneAtATime.unlock();
        }
    }

    private static List<Span> read(byte[] body) {
        try {
            return Otlp.read(body);
        } catch (IOException e) {
            throw StandardProblems.MALFORMED_BODY.because("The body is no OTLP request with spans");
        }
    }

    private byte[] unpacked(InputStream body, @Nullable String encoding) throws IOException {
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return bounded(body);
        } else if (!encoding.equalsIgnoreCase("gzip")) {
            throw StandardProblems.MALFORMED_BODY.because("A body is taken as it is or packed by gzip");
        }
        try (var unpacking = new GZIPInputStream(body)) {
            return bounded(unpacking);
        } catch (ZipException | EOFException e) {
            throw StandardProblems.MALFORMED_BODY.because("The body is not packed by gzip");
        }
    }

    private byte[] bounded(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw StandardProblems.bodyTooLarge(maxBytes);
        }
        return bytes;
    }

    /** Of this machine, or of a range that is routed nowhere outside: RFC 1918, RFC 4193, link-local. */
    static boolean isInternal(InetAddress from) {
        byte[] address = from.getAddress();
        boolean uniqueLocal = address.length == 16 && (address[0] & 0xfe) == 0xfc;
        return from.isLoopbackAddress() || from.isSiteLocalAddress() || from.isLinkLocalAddress() || uniqueLocal;
    }
}
