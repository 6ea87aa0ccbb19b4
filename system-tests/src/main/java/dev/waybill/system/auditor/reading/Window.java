package dev.waybill.system.auditor.reading;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Fact;
import dev.waybill.system.auditor.evidence.Fact.Asked;
import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.evidence.Fact.Movement;
import dev.waybill.system.auditor.evidence.Fact.Said;
import dev.waybill.system.auditor.evidence.Pending;
import dev.waybill.system.auditor.evidence.StockBooks;
import dev.waybill.system.auditor.evidence.StockBooks.Told;
import dev.waybill.system.auditor.reading.UnderWay.Look;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What is looked at of a platform that runs on meanwhile: a window that moves. Its lower bound is where each relay and each topic
 * stood at the last look, and the orders that were under way then; its upper bound is where they stand now. The first look
 * begins at the beginning.
 *
 * <p>The sources cannot be read at one moment. So it is noted before and after with which orders something is happening: of all
 * others the sources show the same whenever they are read. Each relay's position is noted before the topics' ends: what was
 * published by then has to be there.
 */
public final class Window implements AutoCloseable {

    private static final int TOPIC_READERS = 2;
    private static final Duration KEPT = Duration.ofMinutes(15);

    private final Addresses addresses;
    private final UnderWay underWay;
    private final Topics topics;
    private final BooksReader books;
    private final Set<String> foreign;
    private final Progress progress;

    private final Map<String, Dossier> dossiers = new ConcurrentHashMap<>();
    private final Map<String, Long> published = new HashMap<>();
    private final Map<String, Long> movedTo = new HashMap<>();
    private final List<Movement> ledger = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final List<Heard> strays = new ArrayList<>();
    private Set<String> open = Set.of();
    private Set<String> spokenOf = ConcurrentHashMap.newKeySet();
    private Instant outboxesKeptSince = Instant.MIN;
    private Instant forgottenBefore = Instant.MIN;
    private boolean first = true;

    /** @param foreign places of records that are nobody's, and are passed over */
    public Window(Addresses addresses, UnderWay underWay, Set<String> foreign, Progress progress) {
        this.addresses = addresses;
        this.underWay = underWay;
        this.foreign = foreign;
        this.progress = progress;
        this.topics = underWay.topics();
        this.books = new BooksReader(addresses.simulators());
    }

    /**
     * Looks at everything that is new.
     *
     * @param clientLog read when all else has been, as what it knows of must be there by then
     * @param isOverdue what of all that has not ended should have
     */
    public Evidence next(Supplier<List<Asked>> clientLog, Predicate<Pending> isOverdue) {
        Look before = underWay.look();
        Set<String> touched;
        StockBooks stock;
        try (Snapshots snapshots = Snapshots.of(addresses)) {
            readMessages(snapshots, topics.ends());
            touched = touched();
            if (!first) {
                touched.forEach(order -> dossier(order).forgetWhatChanges());
            }
            stock = readRows(snapshots, touched);
        }
        List<Asked> asked = clientLog.get();
        asked.forEach(attempt -> addTo(touched, attempt));
        Look after = underWay.look();
        Set<String> moving = new HashSet<>(before.orders());
        moving.addAll(after.orders());
        moving.addAll(underWay.spokenOfSince(before));
        Instant keptSince = keptSince();
        List<Dossier> looked = (first ? dossiers.values() : touched.stream().map(this::dossier).toList()).stream()
                .filter(order -> !isOlder(order.orderId(), keptSince)).sorted(Comparator.comparing(Dossier::orderId))
                .toList();
        open = new HashSet<>(touched);
        open.retainAll(moving);
        first = false;
        forget();
        return new Evidence(asked, looked, moving, after.pending().stream().filter(isOverdue).toList(), stock, strays);
    }

    private void readMessages(Snapshots snapshots, Map<TopicPartition, Long> ends) {
        spokenOf = ConcurrentHashMap.newKeySet();
        var tasks = new Tasks();
        for (Database database : snapshots.all()) {
            Instant since = Outboxes.keptSince(database);
            outboxesKeptSince = since.isAfter(outboxesKeptSince) ? since : outboxesKeptSince;
            long from = published.getOrDefault(database.name(), 0L);
            long to = snapshots.published(database);
            tasks.add(() -> new Outboxes().between(database, from, to, this::take));
            published.put(database.name(), to);
        }
        for (int n = 0; n < TOPIC_READERS; n++) {
            int share = n;
            Map<TopicPartition, Long> shared = new HashMap<>(ends);
            shared.keySet().removeIf(partition -> partition.partition() % TOPIC_READERS != share);
            tasks.add(() -> topics.read(shared, this::take));
        }
        if (first) {
            // Which orders to look at need not be known; and another process works meanwhile.
            addBooks(tasks, Set.of());
        }
        tasks.run();
        told.sort(Comparator.comparingLong(Told::row));
    }

    private void take(Said said, String payload) {
        String kind = switch (said.letter().message()) {
            case "stock-reserved" -> "RESERVE";
            case "stock-released" -> "RELEASE";
            case "stock-committed" -> "COMMIT";
            case "stock-restocked" -> "RESTOCK";
            default -> "";
        };
        if (!kind.isEmpty() && said.letter().topic().equals("inventory.events")) {
            told.add(new Told(said.row(), said.letter().key(), kind, ServiceRows.restockOf(payload),
                    ServiceRows.linesOf(payload)));
        }
        add(said);
        progress.row();
    }

    private void take(Heard heard) {
        progress.record();
        if (!foreign.isEmpty() && foreign.contains(heard.place())) {
            return;
        }
        if (heard.letter().key().isEmpty()) {
            synchronized (strays) {
                strays.add(heard);
            }
        } else {
            add(heard);
        }
    }

    private void add(Fact message) {
        String key = String.valueOf(message.orderId());
        if (!isForgotten(key)) {
            spokenOf.add(key);
            dossier(key).add(message);
        }
    }

    /** The orders whose rows are to be read again. */
    private Set<String> touched() {
        Set<String> touched = new HashSet<>(spokenOf);
        touched.addAll(open);
        return touched;
    }

    private StockBooks readRows(Snapshots snapshots, Set<String> touched) {
        List<UUID> ids = first
                ? null
                : touched.stream().filter(order -> idOf(order) != null).map(UUID::fromString).toList();
        var tasks = new Tasks();
        for (Database database : snapshots.all()) {
            tasks.add(() -> new ServiceRows(database, ids, fact -> addTo(touched, fact)).read());
        }
        if (!first) {
            addBooks(tasks, touched);
        }
        tasks.run();
        Database inventory = snapshots.of("inventory");
        ServiceRows.movements(inventory, Map.copyOf(movedTo), movement -> {
            ledger.add(movement);
            movedTo.put(movement.sku(), movement.version());
            addTo(Set.of(), movement);
        });
        return new StockBooks(ServiceRows.stock(inventory), ledger, told, ServiceRows.held(inventory));
    }

    private void addBooks(Tasks tasks, Set<String> touched) {
        @Nullable Set<String> names = first ? null : touched;
        tasks.add(() -> books.charges(names, fact -> addTo(touched, fact)));
        tasks.add(() -> books.parcels(names, fact -> addTo(touched, fact)));
    }

    /** What is said about an order that is not looked at this time is known already. */
    private void addTo(Set<String> touched, Fact fact) {
        String orderId = fact.orderId();
        if (orderId != null && (first || fact instanceof Movement || touched.contains(orderId))
                && !isForgotten(orderId)) {
            dossier(orderId).add(fact);
        }
    }

    private Dossier dossier(String orderId) {
        return dossiers.computeIfAbsent(orderId, Dossier::new);
    }

    /** Lets go of orders that have been at rest, so that a long watch needs no more memory than a short one. */
    private void forget() {
        forgottenBefore = Instant.now().minus(KEPT);
        dossiers.keySet().removeIf(order -> !open.contains(order) && isOlder(order, forgottenBefore));
    }

    private boolean isForgotten(String orderId) {
        return isOlder(orderId, forgottenBefore) && !dossiers.containsKey(orderId);
    }

    /** An order of whose messages some have been dropped since can no longer be judged. */
    private Instant keptSince() {
        return outboxesKeptSince.isAfter(topics.keptSince()) ? outboxesKeptSince : topics.keptSince();
    }

    /** An order's id tells when it was placed. */
    private static boolean isOlder(String orderId, Instant than) {
        if (than.equals(Instant.MIN)) {
            return false;
        }
        UUID id = idOf(orderId);
        return id != null && id.version() == 7
                && Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16).isBefore(than);
    }

    private static @Nullable UUID idOf(String orderId) {
        try {
            return orderId.length() == 36 ? UUID.fromString(orderId) : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    @Override
    public void close() {
        books.close();
    }
}
