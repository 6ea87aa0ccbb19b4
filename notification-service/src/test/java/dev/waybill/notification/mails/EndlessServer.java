package dev.waybill.notification.mails;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A mail server whose greeting has one line more ten times a second, for ever: no time-out for a single read ever strikes. */
final class EndlessServer implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Duration> hungUpOn = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    EndlessServer() throws IOException {
        Thread.ofVirtual().start(this::greet);
    }

    int port() {
        return server.getLocalPort();
    }

    /** How long the other side has listened. */
    Duration hungUpOnAfter() throws Exception {
        return hungUpOn.get(5, TimeUnit.SECONDS);
    }

    private void greet() {
        try (Socket other = server.accept()) {
            Instant begin = Instant.now();
            OutputStream words = other.getOutputStream();
            try {
                do {
                    words.write("220-and another thing\r\n".getBytes(StandardCharsets.US_ASCII));
                    words.flush();
                } while (!closing.await(100, TimeUnit.MILLISECONDS));
            } catch (IOException e) {
                hungUpOn.complete(Duration.between(begin, Instant.now()));
            }
        } catch (IOException e) {
            hungUpOn.completeExceptionally(new UncheckedIOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        server.close();
    }
}
