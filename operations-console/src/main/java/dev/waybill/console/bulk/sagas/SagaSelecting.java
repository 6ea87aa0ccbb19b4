package dev.waybill.console.bulk.sagas;

import dev.waybill.console.bulk.BulkItem;
import dev.waybill.console.bulk.BulkOrder;
import dev.waybill.console.bulk.Draft;
import dev.waybill.console.bulk.Draft.LeftOut;
import dev.waybill.console.bulk.Freezing;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Listing;
import dev.waybill.console.services.SagaService;
import dev.waybill.console.services.SagaService.Saga;
import dev.waybill.console.services.SagaService.Wanted;
import dev.waybill.console.services.Services;
import org.springframework.stereotype.Service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Makes a frozen selection of the sagas that a filter finds at this moment, the oldest first; those for which the act makes no sense are counted. */
@Service
class SagaSelecting {

    private static final List<String> UNFINISHED = List.of("STUCK", "COMPENSATING", "RUNNING");
    private static final int LARGEST_PAGE = 100;

    private final SagaService sagas;
    private final Freezing freezing;

    SagaSelecting(SagaService sagas, Freezing freezing) {
        this.sagas = sagas;
        this.freezing = freezing;
    }

    /**
     * As on the sagas' page, no state stands for all that are not finished.
     *
     * @return the selection's id
     */
    UUID freeze(SagaChoice choice, Wanted wanted, String words, BulkOrder order) {
        List<Saga> chosen = new ArrayList<>();
        Map<String, Integer> objections = new TreeMap<>();
        for (String status : wanted.status().isBlank() ? UNFINISHED : List.of(wanted.status())) {
            Wanted one = new Wanted(status, wanted.step(), wanted.type(), wanted.olderThan(), wanted.orderId());
            Optional<String> trouble = read(one, choice, chosen, objections);
            if (trouble.isPresent()) {
                LeftOut all = new LeftOut(Services.SAGA, trouble.get(), 0);
                return freezing.freeze(new Draft(choice.act(), words, order, List.of(), List.of(all)));
            }
        }
        List<LeftOut> leftOut = new ArrayList<>();
        objections.forEach((why, count) -> leftOut.add(new LeftOut(Services.SAGA, why, count)));
        if (chosen.size() > freezing.most()) {
            leftOut.add(new LeftOut(Services.SAGA,
                    "The selection is full with %d: others are left out".formatted(freezing.most()), 0));
        }
        List<BulkItem> items = chosen.stream().limit(freezing.most())
                .sorted(Comparator.comparing(Saga::startedAt, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(SagaSelecting::item).toList();
        return freezing.freeze(new Draft(choice.act(), words, order, items, leftOut));
    }

    /** Up to one more than a selection takes; says why where they cannot be read. */
    private Optional<String> read(
            Wanted wanted, SagaChoice choice, List<Saga> chosen, Map<String, Integer> objections) {
        String cursor = null;
        do {
            Answer<Listing<Saga>> answer = sagas.list(wanted, LARGEST_PAGE, cursor);
            Listing<Saga> page = answer.found();
            if (page == null) {
                return Optional.of(Objects.requireNonNullElse(answer.trouble(), "It has no such list"));
            }
            page.items().forEach(saga -> choice.objection(saga)
                    .ifPresentOrElse(why -> objections.merge(why, 1, Integer::sum), () -> chosen.add(saga)));
            cursor = page.next();
        } while (cursor != null && chosen.size() <= freezing.most());
        return Optional.empty();
    }

    private static BulkItem item(Saga saga) {
        String id = saga.id().toString();
        return new BulkItem(Services.SAGA, id, saga.orderId() == null ? id : saga.orderId().toString(),
                saga.version(), "%s, %s at %s".formatted(saga.type(), saga.status(), saga.step()));
    }
}
