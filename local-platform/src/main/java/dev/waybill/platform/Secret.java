package dev.waybill.platform;

import dev.waybill.platform.process.PlatformFailure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A secret that two of this platform's processes share: made up at the first start, and kept with the data. */
final class Secret {

    private static final int BYTES = 32;

    private final Path file;

    Secret(Settings settings, String name) {
        this.file = settings.dataDir().resolve("secrets").resolve(name);
    }

    /** Always the same, until the data are wiped. */
    String value() {
        try {
            if (!Files.exists(file)) {
                make();
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new PlatformFailure("%s cannot be read or written: %s".formatted(file, e), e);
        }
    }

    private void make() throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Files.createDirectories(file.resolveSibling("."));
        Path made = Files.writeString(file.resolveSibling(file.getFileName() + ".new"),
                HexFormat.of().formatHex(random));
        if (Files.getFileStore(made).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
        }
        Files.move(made, file);
    }
}
