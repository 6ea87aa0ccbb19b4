package dev.waybill.benchmarks.floor;

import dev.waybill.benchmarks.platform.Databases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The platform's own tables, from the migrations in the repository. */
final class Tables {

    private static final String MESSAGING = "messaging/src/main/resources/db/messaging";
    private static final Map<String, List<String>> MIGRATIONS = Map.of(
            "orders", List.of(MESSAGING, "service-defaults/src/main/resources/db/idempotency",
                    "order-service/src/main/resources/db/migration", "order-service/src/main/resources/db/demo"),
            "inventory", List.of(MESSAGING, "inventory-service/src/main/resources/db/migration",
                    "inventory-service/src/main/resources/db/demo"),
            "payments", List.of(MESSAGING, "payment-service/src/main/resources/db/migration"),
            "shipping", List.of(MESSAGING, "shipping-service/src/main/resources/db/migration"),
            "saga", List.of(MESSAGING, "saga-orchestrator/src/main/resources/db/migration"));

    private Tables() {}

    static void make(Path repository, Databases databases) throws IOException, SQLException {
        for (String database : Databases.NAMES) {
            try (Connection connection = databases.connect(database);
                    Statement statement = connection.createStatement()) {
                for (String directory : MIGRATIONS.getOrDefault(database, List.of())) {
                    for (Path file : inOrder(repository.resolve(directory))) {
                        statement.execute(Files.readString(file));
                    }
                }
            }
        }
    }

    /** By their numbers; those that are repeatable, and have none, last. */
    private static List<Path> inOrder(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted(Comparator.comparingInt(Tables::number).thenComparing(Path::toString)).toList();
        }
    }

    private static int number(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith("V") ? Integer.parseInt(name.substring(1, name.indexOf("__"))) : Integer.MAX_VALUE;
    }
}
