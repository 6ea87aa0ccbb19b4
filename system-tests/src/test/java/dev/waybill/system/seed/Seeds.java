package dev.waybill.system.seed;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.waybill.system.auditor.reading.Addresses.Service;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;

/**
 * A jar of bugs for running services, which only tests ever see. It is compiled from {@code src/test/seeds} against the jars
 * that the platform runs, so a bug that no longer fits the product does not compile; and no service's class gets onto the
 * path of the tests. It is loaded into a service's JVM from outside, as a profiler would be.
 */
public final class Seeds {

    private static final Path SOURCES = Path.of("src", "test", "seeds");
    private static final String AGENT = "dev.waybill.system.seed.SeedAgent";

    /** What can be planted: a method of the product, and what its results go through from then on. */
    enum Bug {
        INBOX_OFF("dev.waybill.messaging.inbox.Inbox claim dev.waybill.messaging.inbox.EveryMessageIsNew"),
        VOID_SKIPPED("dev.waybill.saga.engine.Rules toUndo dev.waybill.saga.engine.TheMoneyIsForgotten"),
        MARKED_FIRST(
                "dev.waybill.messaging.outbox.OutboxReader next dev.waybill.messaging.outbox.MarkedAndNeverSent"),
        UNORDERED(
                "dev.waybill.messaging.outbox.OutboxReader beforeTheFirstGap dev.waybill.messaging.outbox.TheLastGoesFirst"),
        CHECKED_EARLIER(
                "dev.waybill.inventory.stock.StockItem available dev.waybill.inventory.stock.CheckedInAnotherTransaction");

        private final String seed;

        Bug(String seed) {
            this.seed = seed;
        }

        private String honest() {
            return seed.substring(0, seed.lastIndexOf(' ')) + " honest";
        }
    }

    private final Path jar;

    private Seeds(Path jar) {
        this.jar = jar;
    }

    /** @param applications where the platform keeps the jars that it runs */
    public static Seeds compiledAgainst(Path applications) throws IOException {
        Path classes = Files.createDirectories(Path.of("target", "seeds").toAbsolutePath());
        Path jar = classes.resolveSibling("seeds.jar");
        compile(applications, classes);
        pack(classes, jar);
        return new Seeds(jar);
    }

    /** From now on, and until it is taken out or started again, that process has the bug. */
    void plant(Bug bug, long pid) throws IOException {
        plant(bug.seed, pid);
    }

    void takeOut(Bug bug, long pid) throws IOException {
        plant(bug.honest(), pid);
    }

    /** @param seed as the agent takes it */
    public void plant(String seed, long pid) throws IOException {
        try {
            VirtualMachine service = VirtualMachine.attach(Long.toString(pid));
            try {
                service.loadAgent(jar.toString(), seed);
            } finally {
                service.detach();
            }
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new AssertionError("%s cannot be planted into process %d".formatted(seed, pid), e);
        }
    }

    private static void compile(Path applications, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> sources;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        String classPath = Stream.of(Service.SAGA, Service.INVENTORY)
                .map(service -> applications.resolve(service.process() + ".jar").toString())
                .collect(joining(System.getProperty("path.separator")));
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(said, files, null,
                    List.of("-d", classes.toString(), "-cp", classPath, "-proc:none", "-nowarn"), null,
                    files.getJavaFileObjectsFromPaths(sources)).call();
            if (!compiled) {
                throw new AssertionError("The seeded bugs do not fit the product any more:\n" + said);
            }
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Agent-Class"), AGENT);
        manifest.getMainAttributes().put(new Attributes.Name("Can-Retransform-Classes"), "true");
        try (OutputStream file = Files.newOutputStream(jar);
                var target = new JarOutputStream(file, manifest);
                Stream<Path> compiled = Files.walk(classes)) {
            for (Path path : compiled.filter(Files::isRegularFile).toList()) {
                target.putNextEntry(new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
                Files.copy(path, target);
                target.closeEntry();
            }
        }
    }
}
