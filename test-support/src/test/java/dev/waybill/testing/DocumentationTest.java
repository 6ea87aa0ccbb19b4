package dev.waybill.testing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * README and documents against the repository: what they name is there, by that name. It reads files only and knows nothing
 * of what they mean, so it says nothing about whether a sentence is true.
 */
class DocumentationTest {

    private static final Path ROOT = root();
    private static final List<String> FILES = files();
    private static final String SOURCES = FILES.stream().filter(file -> file.endsWith(".java"))
            .map(DocumentationTest::read).collect(joining("\n"));
    private static final Set<String> TYPES = all("\\b(?:class|record|interface|enum)\\s+(\\w+)", SOURCES)
            .map(match -> match.group(1)).collect(toSet());

    private static final String README = read("README.md");
    private static final String PLATFORM = "local-platform/src/main/java/dev/waybill/platform/";
    private static final String TWO_HUMPS = "[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+";
    /** Named in documents, and the JDK's or somebody else's. */
    private static final Set<String> FOREIGN = Set.of("BigDecimal");

    /** A row of the README's table of ports. */
    private record Listener(String name, String port, Set<String> paths) {}

    static Stream<String> documents() {
        return FILES.stream().filter(file -> file.endsWith(".md"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(String document) {
        String prose = withoutCode(read(document));
        Set<String> defined = all("(?m)^\\[([^]]+)]: ", prose).map(match -> match.group(1)).collect(toSet());
        assertThat(all("\\[([^]]+)](?![(:])", prose).map(match -> match.group(1)))
                .as("%s: links without a target", document)
                .isSubsetOf(defined);
        assertThat(all("]\\(([^)\\s]+)\\)|(?m)^\\[[^]]+]: (\\S+)", prose)
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .filter(target -> !target.matches("https?://.*"))).as("%s: links that lead nowhere", document)
                .allMatch(target -> isThere(document, target));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyPathThatIsNamedExists(String document) {
        Set<String> ignored = Set.copyOf(read(".gitignore").lines().toList());
        assertThat(inlineCode(read(document)).filter(code -> code.matches("[^/\\s(…]+/[^\\s(…]*"))
                .filter(code -> !code.startsWith("./demo") && !ignored.contains(code))
                .map(code -> code.replaceFirst("^[.]/", "")))
                .as("%s: paths that do not exist", document).allMatch(DocumentationTest::isPath);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyTypeThatIsNamedIsDeclared(String document) {
        String text = read(document);
        Stream<String> drawn = all("(?s)```mermaid\n(.*?)```", text)
                .flatMap(picture -> all("\\b" + TWO_HUMPS + "\\b", picture.group(1))).map(MatchResult::group);
        assertThat(Stream.concat(inlineCode(text).filter(code -> code.matches(TWO_HUMPS)), drawn)
                .filter(type -> !FOREIGN.contains(type))).as("%s: types that nobody declares", document)
                .isSubsetOf(TYPES);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyTestThatIsNamedExists(String document) {
        assertThat(inlineCode(read(document)).filter(code -> code.matches("[a-z]+(?:[A-Z][a-z0-9]*){3,}")))
                .as("%s: methods that are not there", document)
                .allMatch(method -> SOURCES.contains(" " + method + "("));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandOfTheDemoIsKnown(String document) {
        String help = read(PLATFORM + "Demo.java");
        String scenarios = read(PLATFORM + "client/Scenario.java");
        for (MatchResult call : all("\\./demo((?: +[a-zA-Z0-9-]+)*)", read(document)).toList()) {
            List<String> words = List.of(call.group(1).strip().split(" +"));
            String command = words.getFirst();
            assertThat(command.isEmpty() || help.contains("./demo " + command) || help.contains("\"" + command + "\""))
                    .as("%s names `%s`", document, call.group()).isTrue();
            assertThat(words.stream().filter(word -> word.startsWith("--"))).as(call.group())
                    .allMatch(help::contains);
        }
        assertThat(all("--scenario ([a-z-]+)", read(document)).map(match -> match.group(1)))
                .as("%s: scenarios", document)
                .allMatch(name -> scenarios.contains("\"" + name + "\""));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyAddressThatIsNamedIsServed(String document) {
        assertThat(all("localhost:(\\d+)(/[a-z-]+)", read(document))).allSatisfy(
                address -> assertThat(listeners()).as(address.group())
                        .anyMatch(listener -> listener.port().equals(address.group(1))
                                && listener.paths().stream().anyMatch(path -> path.startsWith(address.group(2)))));
    }

    @Test
    void theTestCommandIsWhatContinuousIntegrationRuns() {
        String command = all("(?m)^(mvn .*)$", README).map(match -> match.group(1)).collect(joining());
        assertThat(command).isNotEmpty();
        assertThat(all("(?m)^ *(mvn [^|]*?)(?: \\|\\|.*)?$", read(".ci/run")).map(match -> match.group(1)))
                .as("the same, and nothing left out").containsExactly(command + " -Dtests.excluded=");
        assertThat(ROOT.resolve(".ci/run")).isExecutable();
        assertThat(ROOT.resolve("demo")).isExecutable();
    }

    @Test
    void portsAreThoseOfTheApplications() {
        TreeMap<String, String> configured = new TreeMap<>();
        for (String module : modules()) {
            String file = module + "/src/main/resources/application.yml";
            if (FILES.contains(file)) {
                configured.put(module, first("(?m)^server(?:\\.|:\\s*\\n\\s+)port:\\s*(\\d+)", read(file)));
            }
        }
        String messaging = read("messaging/src/main/resources/messaging-defaults.yml");
        configured.put("Kafka", first("bootstrap-servers: localhost:(\\d+)", messaging));
        String order = read("order-service/src/main/resources/application.yml");
        configured.put("PostgreSQL", first("jdbc:postgresql://localhost:(\\d+)/", order));
        TreeMap<String, String> documented = new TreeMap<>();
        listeners().forEach(listener -> documented.put(listener.name(), listener.port()));
        assertThat(documented).isEqualTo(configured);
    }

    @Test
    void everyPathOfThePortTableHasAController() {
        for (Listener listener : listeners()) {
            String controllers = FILES.stream()
                    .filter(file -> file.startsWith(listener.name() + "/src/main") && file.endsWith("Controller.java"))
                    .map(DocumentationTest::read).collect(joining());
            assertThat(listener.paths()).as(listener.name())
                    .allMatch(path -> controllers.contains("Mapping(\"" + first("^(/[a-z-]+)", path)));
        }
    }

    @Test
    void modulesAreThoseOfTheBuild() {
        assertThat(all("(?m)^\\| `([^`]+)` \\|", section("Modules")).map(match -> match.group(1)))
                .containsExactlyElementsOf(modules());
    }

    @Test
    void everyDecisionIsInTheIndexAndSaysWhatLost() {
        List<String> decisions = documents().filter(file -> file.matches("docs/adr/\\d{4}-.*")).sorted().toList();
        StringBuilder index = new StringBuilder();
        for (String file : decisions) {
            String text = read(file);
            String name = Path.of(file).getFileName().toString();
            String title = first("^# \\d+\\. (.*)", text);
            index.append("| [%s](%s) | %s |\n".formatted(name.substring(0, 4), name, title));
            assertThat(Integer.parseInt(name.substring(0, 4))).isEqualTo(Integer.parseInt(first("^# (\\d+)\\.", text)));
            assertThat(text).as(file).contains("\nStatus: ", "\n## Context\n", "\n## Decision\n", "\n## Options that ",
                    "\n## Consequences\n");
        }
        assertThat(decisions).isNotEmpty();
        assertThat(read("docs/adr/README.md")).endsWith("| --- | --- |\n" + index);
        assertThat(IntStream.rangeClosed(1, decisions.size())).allMatch(
                number -> decisions.get(number - 1).startsWith("docs/adr/%04d-".formatted(number)));
    }

    @Test
    void everyClassOfTheGlossaryIsDeclaredWhereItsLinkLeads() {
        List<MatchResult> links = all("(?m)^\\[(\\w+)]: \\.\\./(\\S+)$", read("docs/glossary.md")).toList();
        assertThat(links).isNotEmpty().allSatisfy(
                link -> assertThat(read(link.group(2)))
                        .containsPattern("\\b(class|record|interface|enum) " + link.group(1) + "\\b"));
    }

    private static List<Listener> listeners() {
        return all("(?m)^\\| `?([\\w-]+)`? \\| (\\d+) \\| (.*) \\|$", section("Where it listens"))
                .map(row -> new Listener(
                        row.group(1),
                        row.group(2),
                        inlineCode(row.group(3)).filter(code -> code.startsWith("/")).collect(toSet())))
                .toList();
    }

    private static List<String> modules() {
        return all("<module>(.*)</module>", read("pom.xml")).map(match -> match.group(1)).toList();
    }

    private static String section(String title) {
        return first("(?s)\n## " + title + "\n(.*?)(?:\n## |$)", README);
    }

    private static boolean isThere(String document, String target) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? Path.of(document)
                : Path.of(document).resolveSibling(parts[0]).normalize();
        if (!Files.exists(ROOT.resolve(file))) {
            return false;
        }
        return parts.length == 1 || all("(?m)^#+ (.*)$", read(file.toString()))
                .anyMatch(heading -> anchorOf(heading.group(1)).equals(parts[1]));
    }

    private static String anchorOf(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
    }

    /** From the root where it begins with what is there, else the end of some path; {@code <any>} and {@code *} stand for a name. */
    private static boolean isPath(String path) {
        String plain = path.replaceAll("/$", "");
        String pattern = Stream.of(plain.split("(?=[<*{])|(?<=[>*}])"))
                .map(part -> part.matches("[<{].*[>}]|\\*") ? "[^/]+" : Pattern.quote(part)).collect(joining());
        boolean fromRoot = Files.exists(ROOT.resolve(plain.split("/", 2)[0]));
        Predicate<String> matches = Pattern.compile((fromRoot ? "^" : "(^|/)") + pattern + "(/|$)").asPredicate();
        return FILES.stream().anyMatch(matches);
    }

    private static Stream<String> inlineCode(String text) {
        return all("`([^`\\n]+)`", text.replaceAll("(?ms)^ *```.*?^ *```$", "")).map(match -> match.group(1));
    }

    private static String withoutCode(String text) {
        return text.replaceAll("(?ms)^ *```.*?^ *```$", "").replaceAll("`[^`\n]+`", "code");
    }

    private static Stream<MatchResult> all(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results();
    }

    private static String first(String pattern, String text) {
        return all(pattern, text).map(match -> match.group(1)).findFirst()
                .orElseThrow(() -> new AssertionError("Nowhere: " + pattern));
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve(".ci"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException("No directory above has .ci");
            }
        }
        return directory;
    }

    /** What the repository consists of, relative to its root; not what builds and runs leave there. */
    private static List<String> files() {
        Set<String> left = Set.of("target", ".git", ".demo", ".idea", "node_modules");
        List<String> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return left.contains(directory.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(ROOT.relativize(file).toString().replace('\\', '/'));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
