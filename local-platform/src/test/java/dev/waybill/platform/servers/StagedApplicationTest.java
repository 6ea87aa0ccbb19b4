package dev.waybill.platform.servers;

import dev.waybill.platform.process.PlatformFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StagedApplicationTest {

    @TempDir
    Path directory;

    @Test
    void classesLieInAPlainJarAndLibrariesBesideItInTheirOrder() throws IOException {
        Path executable = executableJar("one", "classes of one", "library");

        staged(executable, "one").stage();

        try (var jar = new JarFile(staging().resolve("one.jar").toFile())) {
            Attributes attributes = jar.getManifest().getMainAttributes();
            assertThat(attributes.getValue("Main-Class")).isEqualTo("example.Main");
            assertThat(attributes.getValue("Class-Path"))
                    .matches("lib/z-last-first\\.\\w{8}\\.jar lib/a\\.\\w{8}\\.jar");
            assertThat(attributes.getValue("Start-Class")).isNotNull();
            assertThat(attributes.getValue("Spring-Boot-Version")).isNull();
            assertThat(jar.getInputStream(jar.getEntry("application.yml")).readAllBytes())
                    .isEqualTo("classes of one".getBytes(UTF_8));
            for (String library : attributes.getValue("Class-Path").split(" ", -1)) {
                assertThat(staging().resolve(library)).exists();
            }
        }
    }

    @Test
    void equalLibrariesAreSharedAndDifferentOnesOfTheSameNameAreNot() throws IOException {
        staged(executableJar("one", "", "library"), "one").stage();
        staged(executableJar("two", "", "library"), "two").stage();
        assertThat(libraries()).hasSize(2);

        staged(executableJar("three", "", "another build"), "three").stage();

        assertThat(libraries()).hasSize(4);
    }

    @Test
    void anUnchangedJarIsNotStagedAgainAndAChangedOneIs() throws IOException {
        Path executable = executableJar("one", "before", "library");
        var staged = staged(executable, "one");
        staged.stage();
        FileTime first = Files.getLastModifiedTime(staged.jar());
        Files.setLastModifiedTime(staged.jar(), FileTime.from(Instant.EPOCH));

        staged.stage();
        assertThat(Files.getLastModifiedTime(staged.jar())).isEqualTo(FileTime.from(Instant.EPOCH));

        executableJar("one", "after the change", "library");
        staged.stage();
        assertThat(Files.getLastModifiedTime(staged.jar())).isGreaterThanOrEqualTo(first);
    }

    @Test
    void anotherBuildOfTheSameSourcesChangesNothing() throws IOException {
        var staged = staged(executableJar("one", "same", "library"), "one");
        staged.stage();
        String origin = staged.origin();
        Files.setLastModifiedTime(staged.jar(), FileTime.from(Instant.EPOCH));

        Path again = executableJar("one", "same", "library");
        Files.setLastModifiedTime(again, FileTime.from(Instant.now().plusSeconds(60)));
        staged.stage();

        assertThat(staged.origin()).isEqualTo(origin);
        assertThat(Files.getLastModifiedTime(staged.jar())).isEqualTo(FileTime.from(Instant.EPOCH));
    }

    @Test
    void aJarThatIsNotExecutableIsRefused() throws IOException {
        Path plain = directory.resolve("plain.jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(plain), new Manifest())) {
            jar.putNextEntry(new ZipEntry("nothing"));
        }

        assertThatThrownBy(() -> staged(plain, "plain").stage()).isInstanceOf(PlatformFailure.class)
                .hasMessageContaining("plain.jar");
    }

    private StagedApplication staged(Path executable, String name) {
        return new StagedApplication(executable, staging(), name);
    }

    private Path staging() {
        return directory.resolve("applications");
    }

    private Stream<Path> libraries() throws IOException {
        try (var files = Files.list(staging().resolve("lib"))) {
            return files.toList().stream();
        }
    }

    private Path executableJar(String name, String content, String library) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "org.example.Launcher");
        manifest.getMainAttributes().putValue("Start-Class", "example.Main");
        manifest.getMainAttributes().putValue("Spring-Boot-Version", "4");
        Path file = directory.resolve(name + "-executable.jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            put(jar, "BOOT-INF/classes/application.yml", content);
            putStored(jar, "BOOT-INF/lib/a.jar", library + " a");
            putStored(jar, "BOOT-INF/lib/z-last-first.jar", library + " z");
            put(jar, "BOOT-INF/classpath.idx", "- \"BOOT-INF/lib/z-last-first.jar\"\n- \"BOOT-INF/lib/a.jar\"\n");
        }
        return file;
    }

    private static void put(JarOutputStream jar, String name, String content) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(content.getBytes(UTF_8));
        jar.closeEntry();
    }

    /** Nested jars are not compressed. */
    private static void putStored(JarOutputStream jar, String name, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(content.getBytes(UTF_8));
        var crc = new CRC32();
        crc.update(bytes.toByteArray());
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.size());
        entry.setCrc(crc.getValue());
        jar.putNextEntry(entry);
        jar.write(bytes.toByteArray());
        jar.closeEntry();
    }
}
