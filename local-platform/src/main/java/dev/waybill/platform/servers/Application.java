package dev.waybill.platform.servers;

import dev.waybill.platform.process.Part;
import dev.waybill.platform.process.PlatformFailure;
import dev.waybill.platform.process.StopRule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One module of this repository as a running application, configured through its environment only. */
public final class Application implements Part {

    private final String name;
    private final List<Integer> ports;
    private final Set<String> needs;
    private final int stopStage;
    private final Installation installation;
    private final Supplier<Map<String, String>> environment;
    private final Map<String, String> inTraining;

    /**
     * @param ports       where it listens, the one for HTTP first
     * @param needs       parts that must be ready before
     * @param stopStage   see {@link StopRule}
     * @param environment what differs from the application's own configuration; asked for when it is started
     * @param inTraining  what else differs in a training run, which happens while the application itself is running
     */
    public Application(String name, List<Integer> ports, Set<String> needs, int stopStage,
            Installation installation, Supplier<Map<String, String>> environment, Map<String, String> inTraining) {
        this.name = name;
        this.ports = List.copyOf(ports);
        this.needs = needs;
        this.stopStage = stopStage;
        this.installation = installation;
        this.environment = environment;
        this.inTraining = inTraining;
    }

    /**
     * What runs it.
     *
     * @param repository where the modules were built
     * @param staging    where they are taken apart
     * @param options    for the JVM, after the usual ones, so that they win
     */
    public record Installation(Path repository, Path staging, Path java, List<String> options) {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return ports.getFirst();
    }

    @Override
    public List<Integer> ports() {
        return ports;
    }

    @Override
    public String address() {
        return "http://localhost:" + port();
    }

    @Override
    public Set<String> needs() {
        return needs;
    }

    /** Whether the build has made it. */
    public boolean isBuilt() {
        return !builtJars().isEmpty();
    }

    /** Takes its jar apart; to be done while it does not run. */
    public void stage() {
        if (!isBuilt()) {
            throw new PlatformFailure("%s has not been built.".formatted(name));
        }
        staged().stage();
    }

    private List<Path> builtJars() {
        Path target = installation.repository().resolve(name).resolve("target");
        if (!Files.isDirectory(target)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(
                    file -> file.getFileName().toString().matches(name + "-[0-9][^/]*(?<!sources|javadoc)\\.jar"))
                    .sorted().toList();
        } catch (IOException e) {
            throw new PlatformFailure("%s cannot be read: %s".formatted(target, e), e);
        }
    }

    @Override
    public void prepare() {}

    @Override
    public List<String> command() {
        return commandWith(cache().optionsFor(cacheOrigin()));
    }

    /** Whether a training run would make its next start faster. */
    public boolean canBeTrained() {
        return cache().isToBeMadeFor(cacheOrigin());
    }

    /** The training run: starts, writes the cache, ends by itself. Give its result to {@link #trained}. */
    public List<String> trainingCommand() {
        return commandWith(cache().trainingOptions());
    }

    public Map<String, String> trainingEnvironment() {
        Map<String, String> all = new HashMap<>(environment.get());
        all.putAll(inTraining);
        return all;
    }

    /** Takes the result of a training run over. */
    public void trained(boolean succeeded) {
        cache().accept(cacheOrigin(), succeeded);
    }

    private List<String> commandWith(List<String> cacheOptions) {
        List<String> command = new ArrayList<>(List.of(installation.java().toString()));
        command.addAll(jvmOptions());
        command.addAll(cacheOptions);
        command.addAll(List.of("-jar", staged().jar().toString(), "--spring.profiles.active=demo"));
        return command;
    }

    private List<String> jvmOptions() {
        List<String> options = new ArrayList<>(List.of("-Xms48m", "-Xmx192m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"));
        options.addAll(installation.options());
        return options;
    }

    private String cacheOrigin() {
        return staged().origin() + " " + installation.java() + " " + System.getProperty("java.vm.version") + " "
                + String.join(" ", jvmOptions());
    }

    private StartupCache cache() {
        return new StartupCache(installation.staging(), name);
    }

    private StagedApplication staged() {
        List<Path> built = builtJars();
        // Without a build there is still what was staged before.
        return new StagedApplication(built.isEmpty() ? installation.repository() : built.getLast(),
                installation.staging(), name);
    }

    @Override
    public Map<String, String> environment() {
        return environment.get();
    }

    @Override
    public boolean answers() {
        return Probe.isOk(port(), "/readyz");
    }

    @Override
    public boolean looksAlive() {
        return answers();
    }

    @Override
    public StopRule stopRule() {
        return new StopRule(stopStage, "TERM", Duration.ofSeconds(25));
    }
}
