package dev.waybill.console.bulk.sagas;

import dev.waybill.console.bulk.BulkItem;
import dev.waybill.console.bulk.BulkOrder;
import dev.waybill.console.bulk.Draft;
import dev.waybill.console.bulk.Draft.LeftOut;
import dev.waybill.console.bulk.Freezing;
import dev.waybill.console.bulk.Sifting;
import dev.waybill.console.services.SagaService;
import dev.waybill.console.services.SagaService.Saga;
import dev.waybill.console.services.SagaService.Wanted;
import dev.waybill.console.services.Services;
import dev.waybill.console.services.SideBySide;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Makes a frozen selection of the sagas that a filter finds at this moment, the oldest first; those for which the act makes no sense are
 * counted. Where not all of them can be read that far, nothing is chosen and it is said why.
 */
@Service
class SagaSelecting {

    private static final List<String> UNFINISHED = List.of("STUCK", "COMPENSATING", "RUNNING");
    private static final int LARGEST_PAGE = 100;

    private final SagaService sagas;
    private final SideBySide sideBySide;
    private final Freezing freezing;

    SagaSelecting(SagaService sagas, SideBySide sideBySide, Freezing freezing) {
        this.sagas = sagas;
        this.sideBySide = sideBySide;
        this.freezing = freezing;
    }

    /** No more of a saga than a selection keeps: there may be many thousands. */
    private record Chosen(Instant startedAt, BulkItem item) {}

    /** What there is of one state. */
    private record Found(List<Chosen> chosen, Map<String, Integer> objections, @Nullable String trouble) {}

    /**
     * As on the sagas' page, no state stands for all that are not finished.
     *
     * @return the selection's id
     */
    UUID freeze(SagaChoice choice, Wanted wanted, String words, BulkOrder order) {
        Sifting sifting = freezing.sifting();
        List<Supplier<Found>> asked = (wanted.status().isBlank() ? UNFINISHED : List.of(wanted.status())).stream()
                .map(status -> new Wanted(status, wanted.step(), wanted.type(), wanted.olderThan(), wanted.orderId()))
                .map(each -> sideBySide.ask(() -> read(each, choice, sifting))).toList();
        List<Found> found = asked.stream().map(Supplier::get).toList();
        Optional<String> trouble = found.stream().map(Found::trouble).filter(Objects::nonNull).findFirst();
        if (trouble.isPresent()) {
            LeftOut all = new LeftOut(Services.SAGA, trouble.get(), 0);
            return freezing.freeze(new Draft(choice.act(), words, order, List.of(), List.of(all)));
        }
        Map<String, Integer> objections = new TreeMap<>();
        found.forEach(state -> state.objections().forEach((why, many) -> objections.merge(why, many, Integer::sum)));
        List<LeftOut> leftOut = new ArrayList<>();
        objections.forEach((why, many) -> leftOut.add(new LeftOut(Services.SAGA, why, many)));
        Collection<Chosen> chosen = eachOnce(found);
        if (chosen.size() > freezing.most()) {
            leftOut.add(new LeftOut(Services.SAGA,
                    "The selection is full with %d: those that were begun later are left out; narrow what is looked for"
                            .formatted(freezing.most()),
                    0));
        }
        List<BulkItem> items = chosen.stream()
                .sorted(Comparator.comparing(Chosen::startedAt).thenComparing(each -> each.item().target()))
                .limit(freezing.most()).map(Chosen::item).toList();
        return freezing.freeze(new Draft(choice.act(), words, order, items, leftOut));
    }

    /** As states are read at the same time, one that comes from the one to the other meanwhile may be in both. */
    private static Collection<Chosen> eachOnce(List<Found> found) {
        Map<String, Chosen> byId = new HashMap<>();
        found.stream().flatMap(state -> state.chosen().stream()).forEach(each -> byId.merge(each.item().target(), each,
                (one, other) -> one.item().version() < other.item().version() ? other : one));
        return byId.values();
    }

    /** The oldest, up to one more than a selection takes. */
    private Found read(Wanted wanted, SagaChoice choice, Sifting sifting) {
        List<Chosen> chosen = new ArrayList<>();
        Map<String, Integer> objections = new HashMap<>();
        String trouble = sifting.<Saga>read(cursor -> sagas.oldest(wanted, LARGEST_PAGE, cursor), saga -> {
            choice.objection(saga).ifPresentOrElse(why -> objections.merge(why, 1, Integer::sum),
                    () -> chosen.add(chosen(saga)));
            return chosen.size() <= freezing.most();
        });
        return new Found(chosen, objections, trouble);
    }

    private static Chosen chosen(Saga saga) {
        String id = saga.id().toString();
        String name = saga.orderNumber() == null ? "" : saga.orderNumber() + ": ";
        return new Chosen(Objects.requireNonNullElse(saga.startedAt(), Instant.EPOCH),
                new BulkItem(Services.SAGA, id, saga.orderId() == null ? id : saga.orderId().toString(),
                        saga.version(), "%s%s, %s at %s".formatted(name, saga.type(), saga.status(), saga.step())));
    }
}
