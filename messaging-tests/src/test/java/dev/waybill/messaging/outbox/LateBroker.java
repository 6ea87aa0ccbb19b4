package dev.waybill.messaging.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The broker under an address of its own, at which nobody answers until it is back; from then on bytes go to and fro. */
final class LateBroker implements AutoCloseable {

    private final InetSocketAddress broker;
    private final ServerSocket door = new ServerSocket();
    private final int port;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    LateBroker(String bootstrapServer) throws IOException {
        int colon = bootstrapServer.lastIndexOf(':');
        this.broker = new InetSocketAddress(
                bootstrapServer.substring(0, colon), Integer.parseInt(bootstrapServer.substring(colon + 1)));
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    void comesBack() throws IOException {
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                var there = new Socket(broker.getHostString(), broker.getPort());
                open.addAll(List.of(client, there));
                pump(client.getInputStream(), there.getOutputStream());
                pump(there.getInputStream(), client.getOutputStream());
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void pump(InputStream from, OutputStream to) {
        Thread.ofVirtual().start(() -> {
            try (from; to) {
                from.transferTo(to);
            } catch (IOException _) {
                // One side has hung up, and so does the other.
            }
        });
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
