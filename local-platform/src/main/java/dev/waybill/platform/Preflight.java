package dev.waybill.platform;

import dev.waybill.platform.process.Part;
import dev.waybill.platform.process.PlatformFailure;
import dev.waybill.platform.process.Shell;
import dev.waybill.platform.servers.Application;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What would go wrong later is said before anything starts, in a sentence that says what to do. */
final class Preflight {

    private static final long GIB = 1024L * 1024 * 1024;

    private Preflight() {}

    static void directoryIsWritable(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "waybill", ".probe"));
        } catch (IOException e) {
            throw new PlatformFailure(
                    "The data directory %s cannot be written (%s). Make it writable, or name another by WAYBILL_DATA_DIR."
                            .formatted(directory, e),
                    e);
        }
    }

    static void diskHasRoom(Path directory) {
        diskHasRoom(directory, GIB);
    }

    static void diskHasRoom(Path directory, long needed) {
        try {
            long usable = Files.getFileStore(directory).getUsableSpace();
            if (usable < needed) {
                throw new PlatformFailure(
                        "Only %d MiB are free where %s lies, and 1 GiB is needed. Free some, or name another place by WAYBILL_DATA_DIR."
                                .formatted(usable / (1024 * 1024), directory));
            }
        } catch (IOException e) {
            throw new PlatformFailure("The free space of %s cannot be read: %s".formatted(directory, e), e);
        }
    }

    static void userMayRunPostgres() {
        userMayRunPostgres(System.getProperty("user.name"), "unshare -U true");
    }

    /** PostgreSQL refuses to run as root; a user namespace hides that from it, where there are any. */
    static void userMayRunPostgres(String user, String probe) {
        if (user.equals("root") && !Shell.run(List.of("sh", "-c", probe), Duration.ofSeconds(5)).succeeded()) {
            throw new PlatformFailure(
                    "PostgreSQL refuses to run as root, and user namespaces cannot be used here (`%s` fails). Run ./demo as another user."
                            .formatted(probe));
        }
    }

    static void everythingIsBuilt(List<Application> applications) {
        List<String> missing = applications.stream().filter(application -> !application.isBuilt())
                .map(Application::name).toList();
        if (!missing.isEmpty()) {
            throw new PlatformFailure(
                    "Not built yet: %s. Run `mvn package -DskipTests`, or ./demo without WAYBILL_NO_BUILD."
                            .formatted(String.join(", ", missing)));
        }
    }

    static void portsAreFree(List<Part> parts) {
        List<String> taken = new ArrayList<>();
        for (Part part : parts) {
            for (int port : part.ports()) {
                if (isTaken(port)) {
                    taken.add("Port %d, which %s needs, is taken by another program.".formatted(port, part.name()));
                }
            }
        }
        if (!taken.isEmpty()) {
            throw new PlatformFailure(
                    "%s%nStop that program, or move all ports, for example: WAYBILL_PORT_OFFSET=1000 ./demo"
                            .formatted(String.join(System.lineSeparator(), taken)));
        }
    }

    /** Both on the loopback and on all addresses: a listener on either would be in the way. */
    static boolean isTaken(int port) {
        return !canListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                || !canListen(new InetSocketAddress(port));
    }

    private static boolean canListen(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers do: connections that are only fading away are in nobody's way.
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
