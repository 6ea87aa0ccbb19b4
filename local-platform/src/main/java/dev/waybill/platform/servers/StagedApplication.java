package dev.waybill.platform.servers;

import dev.waybill.platform.process.PlatformFailure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A module's executable jar, taken apart into the data directory: its own classes in a plain jar, its libraries beside it and
 * shared with the other modules. It starts faster than the jar of jars, and a build may replace that one while the platform
 * runs, without disturbing it.
 */
final class StagedApplication {

    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String LIBRARIES = "BOOT-INF/lib/";
    private static final Pattern INDEX_LINE = Pattern.compile("- \"(BOOT-INF/lib/.+)\"");

    private final Path executableJar;
    private final Path directory;
    private final String name;

    /**
     * @param executableJar what the build made
     * @param directory     where all applications are staged
     */
    StagedApplication(Path executableJar, Path directory, String name) {
        this.executableJar = executableJar;
        this.directory = directory;
        this.name = name;
    }

    Path jar() {
        return directory.resolve(name + ".jar");
    }

    /** What the staged jar was made of: another text for another build. */
    String origin() {
        try {
            return Files.exists(stamp()) ? Files.readString(stamp()) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private Path stamp() {
        return directory.resolve(name + ".staged");
    }

    /** Stages it unless that was done with the same jar before. */
    void stage() {
        try {
            String origin = contentOf(executableJar);
            boolean done = Files.exists(stamp()) && Files.exists(jar()) && Files.readString(stamp()).equals(origin);
            if (!done) {
                Files.deleteIfExists(stamp());
                Files.createDirectories(directory.resolve("lib"));
                try (var source = new JarFile(executableJar.toFile())) {
                    takeApart(source);
                }
                Files.writeString(stamp(), origin);
            }
        } catch (IOException e) {
            throw new PlatformFailure("%s could not be unpacked into %s: %s".formatted(executableJar, directory, e), e);
        }
    }

    /** The same for two builds of the same sources, whenever they were made. */
    private static String contentOf(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            file.stream().map(entry -> "%s %d %d%n".formatted(entry.getName(), entry.getSize(), entry.getCrc()))
                    .forEach(line -> digest.update(line.getBytes(UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void takeApart(JarFile source) throws IOException {
        List<String> classPath = new ArrayList<>();
        for (String library : librariesInOrder(source)) {
            classPath.add(copyLibrary(source, library));
        }
        Manifest manifest = new Manifest(Objects.requireNonNull(source.getManifest()));
        Attributes attributes = manifest.getMainAttributes();
        String mainClass = attributes.getValue("Start-Class");
        if (mainClass == null) {
            throw new IOException("it is not an executable jar");
        }
        attributes.keySet().removeIf(key -> key.toString().startsWith("Spring-Boot"));
        attributes.put(Attributes.Name.MAIN_CLASS, mainClass);
        attributes.put(Attributes.Name.CLASS_PATH, String.join(" ", classPath));
        Path unfinished = directory.resolve(name + ".jar.unfinished");
        try (var target = new JarOutputStream(Files.newOutputStream(unfinished), manifest)) {
            Set<String> written = new LinkedHashSet<>();
            for (ZipEntry entry : source.stream().toList()) {
                String path = entry.getName().startsWith(CLASSES)
                        ? entry.getName().substring(CLASSES.length())
                        : entry.getName();
                boolean wanted = entry.getName().startsWith(CLASSES) || entry.getName().startsWith("META-INF/");
                if (wanted && !path.isEmpty() && !path.equals(JarFile.MANIFEST_NAME) && written.add(path)) {
                    target.putNextEntry(new ZipEntry(path));
                    try (InputStream content = source.getInputStream(entry)) {
                        content.transferTo(target);
                    }
                    target.closeEntry();
                }
            }
        }
        Files.move(unfinished, jar(), StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<String> librariesInOrder(JarFile source) throws IOException {
        ZipEntry index = source.getEntry("BOOT-INF/classpath.idx");
        if (index == null) {
            return source.stream().map(ZipEntry::getName)
                    .filter(entry -> entry.startsWith(LIBRARIES) && entry.endsWith(".jar")).toList();
        }
        try (InputStream lines = source.getInputStream(index)) {
            return new String(lines.readAllBytes(), UTF_8).lines().map(INDEX_LINE::matcher).filter(Matcher::matches)
                    .map(line -> line.group(1)).toList();
        }
    }

    /** Libraries are told apart by content: two modules may hold different builds of the same version. */
    private String copyLibrary(JarFile source, String library) throws IOException {
        ZipEntry entry = Objects.requireNonNull(source.getEntry(library));
        String base = library.substring(LIBRARIES.length(), library.length() - ".jar".length());
        String staged = "lib/%s.%08x.jar".formatted(base, entry.getCrc());
        Path target = directory.resolve(staged);
        if (!Files.exists(target)) {
            Path unfinished = directory.resolve(staged + ".unfinished");
            try (InputStream content = source.getInputStream(entry)) {
                Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return staged;
    }
}
