package dev.waybill.platform.servers;

import dev.waybill.platform.process.ProcessId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresServerTest {

    @TempDir
    Path directory;

    private Path lock;
    private PostgresServer server;

    @BeforeEach
    void aServerThatHasRunBefore() throws IOException {
        lock = Files.createDirectories(directory.resolve("data")).resolve("postmaster.pid");
        server = new PostgresServer(directory, 15432);
    }

    @Test
    void lockFileThatNamesAnotherProgramIsForgotten() throws IOException {
        Files.writeString(lock, ProcessId.own().pid() + "\n");

        server.forgetForeignLock();

        assertThat(lock).doesNotExist();
    }

    @Test
    void lockFileOfADeadServerIsLeftToPostgres() throws IOException, InterruptedException {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(lock, dead.pid() + "\n");

        server.forgetForeignLock();

        assertThat(lock).exists();
    }
}
