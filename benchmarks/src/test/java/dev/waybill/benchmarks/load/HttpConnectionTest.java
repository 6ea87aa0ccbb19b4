package dev.waybill.benchmarks.load;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class HttpConnectionTest {

    /** Answers the requests of as many connections as there are texts, one after the other. */
    private static Thread serve(ServerSocket server, String... answers) {
        return Thread.ofPlatform().start(() -> {
            for (String answer : answers) {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read(new byte[4_096]);
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    @Test
    void aServerThatEndsTheConnectionIsConnectedToAgain() throws IOException {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            serve(server, "HTTP/1.1 202 \r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
                    "HTTP/1.1 409 \r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n");
            try (var connection = new HttpConnection(server.getLocalPort())) {
                assertThat(connection.post("/orders", "", "{}")).isEqualTo(new HttpConnection.Answer(202, "ok"));
                assertThat(connection.post("/orders", "", "{}")).isEqualTo(new HttpConnection.Answer(409, "abcd"));
            }
        }
    }
}
