package dev.waybill.platform.servers;

import dev.waybill.platform.process.Part;
import dev.waybill.platform.process.PlatformFailure;
import dev.waybill.platform.process.StopRule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** One module of this repository as a running application, configured through its environment only. */
public final class Application implements Part {

    private final String name;
    private final int port;
    private final Set<String> needs;
    private final int stopStage;
    private final Installation installation;
    private final Map<String, String> environment;

    /**
     * @param needs       parts that must be ready before
     * @param stopStage   see {@link StopRule}
     * @param environment what differs from the application's own configuration
     */
    public Application(String name, int port, Set<String> needs, int stopStage, Installation installation,
            Map<String, String> environment) {
        this.name = name;
        this.port = port;
        this.needs = needs;
        this.stopStage = stopStage;
        this.installation = installation;
        this.environment = environment;
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
        return port;
    }

    @Override
    public String address() {
        return "http://localhost:" + port;
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
        List<Path> built = builtJars();
        if (built.isEmpty()) {
            throw new PlatformFailure("%s has not been built.".formatted(name));
        }
        new StagedApplication(built.getLast(), installation.staging(), name).stage();
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
        List<String> command = new ArrayList<>(List.of(installation.java().toString(), "-Xms48m", "-Xmx192m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", "-Xshare:auto"));
        command.addAll(installation.options());
        command.addAll(List.of("-jar", installation.staging().resolve(name + ".jar").toString(),
                "--spring.profiles.active=demo"));
        return command;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public boolean answers() {
        return Probe.isOk(port, "/readyz");
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
