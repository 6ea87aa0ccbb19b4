package dev.waybill.platform;

import dev.waybill.platform.process.PlatformFailure;
import dev.waybill.platform.servers.KafkaServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PreflightTest {

    @Test
    void takenPortIsNamedWithTheProcessThatNeedsIt(@TempDir Path directory) throws IOException {
        int freePort = freePort();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var kafka = new KafkaServer(directory, Path.of("java"), freePort, taken.getLocalPort());

            assertThatThrownBy(() -> Preflight.portsAreFree(List.of(kafka))).isInstanceOf(PlatformFailure.class)
                    .hasMessageContaining("Port %d, which kafka needs, is taken".formatted(taken.getLocalPort()))
                    .hasMessageContaining("WAYBILL_PORT_OFFSET").message()
                    .doesNotContain("Port " + freePort);
        }
    }

    @Test
    void diskWithoutRoomIsRefusedWithWhatToDo(@TempDir Path directory) {
        assertThatCode(() -> Preflight.diskHasRoom(directory, 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Preflight.diskHasRoom(directory, Long.MAX_VALUE)).isInstanceOf(PlatformFailure.class)
                .hasMessageContaining("MiB are free").hasMessageContaining("WAYBILL_DATA_DIR");
    }

    @Test
    void rootWithoutUserNamespacesIsToldToRunItAsAnotherUser() {
        assertThatCode(() -> Preflight.userMayRunPostgres("root", "true")).doesNotThrowAnyException();
        assertThatCode(() -> Preflight.userMayRunPostgres("somebody", "false")).doesNotThrowAnyException();
        assertThatThrownBy(() -> Preflight.userMayRunPostgres("root", "false")).isInstanceOf(PlatformFailure.class)
                .hasMessageContaining("as another user");
    }

    @Test
    void portThatIsTakenOnAllAddressesIsTaken() throws IOException {
        try (var everywhere = new ServerSocket(0)) {
            assertThat(Preflight.isTaken(everywhere.getLocalPort())).isTrue();
        }
    }

    @Test
    void portIsFreeAgainOnceItIsClosed() throws IOException {
        assertThat(Preflight.isTaken(freePort())).isFalse();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
