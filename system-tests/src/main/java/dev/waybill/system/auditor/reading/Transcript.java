package dev.waybill.system.auditor.reading;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.evidence.Fact.Said;
import dev.waybill.system.auditor.reading.Outboxes.Full;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An order's messages word by word. Of all the others only a summary is kept; these are read again from where they are known to
 * stand.
 */
public final class Transcript {

    private static final Full NOWHERE = new Full(Map.of(), "");

    private final Map<Said, Full> rows = new HashMap<>();
    private final Map<Heard, Full> records = new HashMap<>();

    private Transcript() {}

    public static Transcript empty() {
        return new Transcript();
    }

    public static Transcript of(Dossier dossier, Addresses addresses) {
        var transcript = new Transcript();
        Map<String, List<Said>> byDatabase = new TreeMap<>();
        dossier.said()
                .forEach(said -> byDatabase.computeIfAbsent(said.database(), name -> new ArrayList<>()).add(said));
        byDatabase.forEach((name, said) -> {
            try (Database database = Database.open(addresses, name)) {
                Map<Long, Full> found = new Outboxes().inFull(database, said.stream().map(Said::row).toList());
                said.forEach(row -> transcript.rows.put(row, found.getOrDefault(row.row(), NOWHERE)));
            }
        });
        try (var topics = new Topics(addresses)) {
            Map<String, Full> found = topics.inFull(dossier.heard());
            dossier.heard().forEach(heard -> transcript.records.put(heard, found.getOrDefault(heard.place(), NOWHERE)));
        }
        return transcript;
    }

    public Map<String, String> headers(Heard heard) {
        return records.getOrDefault(heard, NOWHERE).headers();
    }

    public String payload(Heard heard) {
        return records.getOrDefault(heard, NOWHERE).payload();
    }

    /** In what a record is not what its row says, by the names of the headers. */
    public Set<String> differences(Said said, Heard heard) {
        Full row = rows.getOrDefault(said, NOWHERE);
        Full record = records.getOrDefault(heard, NOWHERE);
        Set<String> differing = new TreeSet<>();
        Set<String> names = new TreeSet<>(row.headers().keySet());
        names.addAll(record.headers().keySet());
        names.stream().filter(name -> !Objects.equals(row.headers().get(name), record.headers().get(name)))
                .forEach(differing::add);
        if (!row.payload().equals(record.payload())) {
            differing.add("payload");
        }
        return differing;
    }
}
