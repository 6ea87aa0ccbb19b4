package dev.waybill.platform;

import dev.waybill.platform.process.PlatformFailure;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Where this platform lives: everything it keeps is under one directory and every port is moved by one number, so several can
 * run beside each other without touching.
 *
 * @param javaOptions added to every application's JVM
 * @param tracesTo    where services send their spans, if elsewhere than to the console; blank stands for the console
 * @param parcelsMove whether the carrier moves parcels by itself, some time after they are dispatched
 * @param training    whether the next start is made faster in the background; not in an automatic run, where it would
 *                    only be in the way
 */
record Settings(Path repository, Path dataDir, int portOffset, Path java, List<String> javaOptions,
        String tracesTo, boolean parcelsMove, boolean training) {

    /** As Spring Boot has it; a value that is empty would keep a service from starting. */
    static final String TRACES_TO = "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT";

    /** Beyond it Kafka's port would lie where systems take ports for outgoing connections, and be taken at times. */
    private static final int HIGHEST_OFFSET = 13_000;

    static Settings from(Map<String, String> environment) {
        Path repository = Path.of(environment.getOrDefault("WAYBILL_HOME", ".")).toAbsolutePath().normalize();
        String dataDir = environment.getOrDefault("WAYBILL_DATA_DIR", "");
        Path data = dataDir.isBlank() ? repository.resolve(".demo") : Path.of(dataDir).toAbsolutePath().normalize();
        String options = environment.getOrDefault("WAYBILL_JAVA_OPTS", "");
        return new Settings(repository, data, offset(environment.getOrDefault("WAYBILL_PORT_OFFSET", "")),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                options.isBlank() ? List.of() : Arrays.asList(options.strip().split("\\s+")),
                environment.getOrDefault(TRACES_TO, ""),
                !isSet(environment, "WAYBILL_PARCELS_WAIT"),
                !isSet(environment, "WAYBILL_NO_TRAINING") && !isSet(environment, "WAYBILL_NO_BUILD"));
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return "1".equals(environment.get(name));
    }

    private static int offset(String text) {
        if (text.isBlank()) {
            return 0;
        }
        if (!text.strip().matches("\\d{1,5}") || Integer.parseInt(text.strip()) > HIGHEST_OFFSET) {
            throw new PlatformFailure("WAYBILL_PORT_OFFSET must be a number from 0 to %d, and it is '%s'."
                    .formatted(HIGHEST_OFFSET, text));
        }
        return Integer.parseInt(text.strip());
    }

    Path ledger() {
        return dataDir.resolve("run").resolve("processes");
    }

    Path lock() {
        return dataDir.resolve("run").resolve("lock");
    }

    Path holds() {
        return dataDir.resolve("run").resolve("holds");
    }

    Path logs() {
        return dataDir.resolve("logs");
    }

    /** The port of a process that listens there when nothing is moved. */
    int port(int usual) {
        return usual + portOffset;
    }
}
