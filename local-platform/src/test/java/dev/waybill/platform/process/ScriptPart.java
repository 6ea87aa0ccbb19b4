package dev.waybill.platform.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A part that is a few words of shell. It answers as soon as it has made a file of its name. */
record ScriptPart(String name, Path directory, String script, Set<String> needs, StopRule stopRule) implements Part {

    static ScriptPart of(String name, Path directory, String script) {
        return new ScriptPart(name, directory, script, Set.of(), new StopRule(0, "TERM", Duration.ofSeconds(5)));
    }

    /** Becomes ready and stays until it is told to go. */
    static ScriptPart steady(String name, Path directory) {
        return of(name, directory, "touch $READY; exec sleep 60");
    }

    ScriptPart needing(String... others) {
        return new ScriptPart(name, directory, script, Set.of(others), stopRule);
    }

    ScriptPart stopping(int stage, Duration within) {
        return new ScriptPart(name, directory, script, needs, new StopRule(stage, "TERM", within));
    }

    @Override
    public int port() {
        return 1;
    }

    @Override
    public String address() {
        return "nowhere";
    }

    @Override
    public void prepare() {}

    @Override
    public List<String> command() {
        return List.of("sh", "-c", script);
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("READY", ready().toString(), "NAME", name, "DIR", directory.toString());
    }

    @Override
    public boolean answers() {
        return Files.exists(ready());
    }

    @Override
    public boolean looksAlive() {
        return answers();
    }

    private Path ready() {
        return directory.resolve(name + ".ready");
    }
}
