package dev.waybill.system.auditor.reading;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All databases, each at one moment, and how far its relay had come at that moment. */
final class Snapshots implements AutoCloseable {

    private final Map<String, Database> databases = new LinkedHashMap<>();
    private final Map<String, Long> published = new LinkedHashMap<>();

    private Snapshots() {}

    static Snapshots of(Addresses addresses) {
        var snapshots = new Snapshots();
        try {
            for (String name : Database.NAMES) {
                Database database = Database.open(addresses, name);
                snapshots.databases.put(name, database);
                // The first query is what fixes the moment.
                snapshots.published.put(name, database.number("select position from outbox_relay"));
            }
            return snapshots;
        } catch (UnreadableException e) {
            snapshots.close();
            throw e;
        }
    }

    List<Database> all() {
        return List.copyOf(databases.values());
    }

    Database of(String name) {
        Database database = databases.get(name);
        if (database == null) {
            throw new IllegalArgumentException(name);
        }
        return database;
    }

    long published(Database database) {
        return published.getOrDefault(database.name(), 0L);
    }

    @Override
    public void close() {
        databases.values().forEach(Database::close);
    }
}
