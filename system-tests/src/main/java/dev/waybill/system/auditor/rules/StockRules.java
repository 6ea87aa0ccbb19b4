package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Evidence.Line;
import dev.waybill.system.auditor.evidence.Evidence.Movement;
import dev.waybill.system.auditor.evidence.Evidence.Reservation;
import dev.waybill.system.auditor.evidence.Evidence.StockItem;
import dev.waybill.system.auditor.rules.Rule.Objections;
import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

/**
 * I1, per SKU and at all times: no count below zero; on hand + committed = initial + restocked + adjusted; reserved = the
 * sum of the open reservations. "At all times" is shown by counting the ledger again from its first line.
 */
final class StockRules {

    static final List<Rule> ALL = List.of(
            new Rule("I1 no count is ever below zero", StockRules::noCountBelowZero),
            new Rule("I1 the ledger adds up, line by line", StockRules::ledgerAddsUp),
            new Rule("I1 on hand + committed = initial + restocked + adjusted", StockRules::nothingAppearsOrVanishes),
            new Rule("I1 reserved is the sum of the open reservations", StockRules::reservedIsWhatIsHeld),
            new Rule("I1 the ledger shows what the reservations say", StockRules::ledgerShowsReservations));

    private StockRules() {}

    private static void noCountBelowZero(Evidence evidence, Objections objections) {
        for (StockItem item : evidence.stock()) {
            if (item.onHand() < 0 || item.reserved() < 0 || item.reserved() > item.onHand()) {
                objections.about(null, "%s is oversold: %d on hand, %d reserved", item.sku(), item.onHand(),
                        item.reserved());
            }
        }
        for (Movement line : evidence.movements()) {
            if (line.onHand() < 0 || line.reserved() < 0 || line.reserved() > line.onHand()) {
                objections.about(line.orderId(), "%s was oversold by movement %d: %d on hand, %d reserved", line.sku(),
                        line.version(), line.onHand(), line.reserved());
            }
        }
    }

    private static void ledgerAddsUp(Evidence evidence, Objections objections) {
        Map<String, List<Movement>> ledgers = ledgers(evidence);
        for (StockItem item : evidence.stock()) {
            Movement last = recount(ledgers.getOrDefault(item.sku(), List.of()), objections);
            if (last == null || last.version() != item.version() || last.onHand() != item.onHand()
                    || last.reserved() != item.reserved()) {
                objections.about(null, "%s has %d on hand and %d reserved at version %d, its ledger ends with %s",
                        item.sku(), item.onHand(), item.reserved(), item.version(), last);
            }
        }
        Set<String> kept = new HashSet<>(evidence.stock().stream().map(StockItem::sku).toList());
        ledgers.keySet().stream().filter(sku -> !kept.contains(sku))
                .forEach(sku -> objections.about(null, "%s has a ledger and no stock", sku));
    }

    private static @Nullable Movement recount(List<Movement> ledger, Objections objections) {
        int onHand = 0;
        int reserved = 0;
        long version = 0;
        Movement last = null;
        for (Movement line : ledger) {
            version++;
            onHand += line.quantity() * onHandSign(line.kind());
            reserved += line.quantity() * reservedSign(line.kind());
            if (line.version() != version || line.onHand() != onHand || line.reserved() != reserved) {
                objections.about(line.orderId(), "%s: counted again, movement %d leaves %d on hand and %d reserved, "
                        + "but the ledger says %s", line.sku(), version, onHand, reserved, line);
            }
            // From here on by what the ledger says: one wrong line is one finding.
            version = line.version();
            onHand = line.onHand();
            reserved = line.reserved();
            last = line;
        }
        return last;
    }

    private static void nothingAppearsOrVanishes(Evidence evidence, Objections objections) {
        Map<String, List<Movement>> ledgers = ledgers(evidence);
        for (StockItem item : evidence.stock()) {
            Map<String, Integer> moved = ledgers.getOrDefault(item.sku(), List.of()).stream()
                    .collect(groupingBy(Movement::kind, TreeMap::new, summingInt(Movement::quantity)));
            int came = moved.getOrDefault("INITIAL", 0) + moved.getOrDefault("RESTOCK", 0)
                    + moved.getOrDefault("ADJUST", 0);
            int committed = moved.getOrDefault("COMMIT", 0);
            if (item.onHand() + committed != came) {
                objections.about(null, "%s: %d on hand + %d committed is not %d, what came in %s", item.sku(),
                        item.onHand(), committed, came, moved);
            }
        }
    }

    private static void reservedIsWhatIsHeld(Evidence evidence, Objections objections) {
        Map<String, Integer> held = new HashMap<>();
        for (Reservation reservation : evidence.reservations()) {
            if (reservation.status().equals("HELD")) {
                for (Line line : reservation.lines()) {
                    held.merge(line.sku(), line.quantity(), Integer::sum);
                }
            }
        }
        for (StockItem item : evidence.stock()) {
            int open = held.getOrDefault(item.sku(), 0);
            if (item.reserved() != open) {
                objections.about(null, "%s: %d reserved, but the open reservations come to %d", item.sku(),
                        item.reserved(), open);
            }
        }
    }

    /** Per order: what moved is what its reservation has come to, piece by piece. */
    private static void ledgerShowsReservations(Evidence evidence, Objections objections) {
        Map<String, Map<String, Map<Line, Long>>> moved = evidence.movements().stream()
                .filter(line -> line.orderId() != null)
                .collect(groupingBy(line -> String.valueOf(line.orderId()), groupingBy(Movement::kind,
                        groupingBy(line -> new Line(line.sku(), line.quantity()), counting()))));
        Set<String> known = new HashSet<>();
        for (Reservation reservation : evidence.reservations()) {
            known.add(reservation.orderId());
            Map<Line, Long> lines = reservation.lines().stream().collect(groupingBy(line -> line, counting()));
            Map<String, Map<Line, Long>> expected = switch (reservation.status()) {
                case "HELD" -> Map.of("RESERVE", lines);
                case "COMMITTED" -> Map.of("RESERVE", lines, "COMMIT", lines);
                case "RELEASED" -> lines.isEmpty() ? Map.of() : Map.of("RESERVE", lines, "RELEASE", lines);
                default -> Map.of();
            };
            Map<String, Map<Line, Long>> shown = moved.getOrDefault(reservation.orderId(), Map.of());
            if (!shown.equals(expected)) {
                objections.about(reservation.orderId(), "the reservation is %s with %s, the ledger shows %s",
                        reservation.status(), reservation.lines(), shown);
            }
        }
        moved.keySet().stream().filter(orderId -> !known.contains(orderId)).forEach(orderId -> objections
                .about(orderId, "has no reservation, the ledger shows %s", moved.get(orderId)));
    }

    private static Map<String, List<Movement>> ledgers(Evidence evidence) {
        return evidence.movements().stream().sorted(Comparator.comparingLong(Movement::version))
                .collect(groupingBy(Movement::sku));
    }

    private static int onHandSign(String kind) {
        return switch (kind) {
            case "INITIAL", "RESTOCK", "ADJUST" -> 1;
            case "COMMIT" -> -1;
            default -> 0;
        };
    }

    private static int reservedSign(String kind) {
        return switch (kind) {
            case "RESERVE" -> 1;
            case "RELEASE", "COMMIT" -> -1;
            default -> 0;
        };
    }
}
