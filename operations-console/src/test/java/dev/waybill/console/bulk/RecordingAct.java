package dev.waybill.console.bulk;

import dev.waybill.console.journal.About;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Does nothing but remember what it was asked for; a test says what comes of single items. */
final class RecordingAct implements BulkAct {

    private final List<String> carriedOut = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Supplier<BulkResult>> results = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "test.recording";
    }

    @Override
    public String title() {
        return "Remember";
    }

    @Override
    public String consequence() {
        return "It is remembered.";
    }

    @Override
    public About about(BulkItem item) {
        return About.message(item.service(), UUID.fromString(item.target()));
    }

    @Override
    public BulkResult carryOut(BulkItem item, BulkOrder by) {
        carriedOut.add(item.label());
        return results.getOrDefault(item.label(), () -> new BulkResult.Done("done for " + by.who().name())).get();
    }

    void when(String label, Supplier<BulkResult> result) {
        results.put(label, result);
    }

    void asUsual(String label) {
        results.remove(label);
    }

    List<String> carriedOut() {
        return List.copyOf(carriedOut);
    }
}
