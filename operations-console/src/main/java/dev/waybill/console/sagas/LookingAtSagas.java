package dev.waybill.console.sagas;

import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Answer.Answered;
import dev.waybill.console.services.Listing;
import dev.waybill.console.services.OrderService;
import dev.waybill.console.services.PaymentService;
import dev.waybill.console.services.SagaService;
import dev.waybill.console.services.SagaService.Saga;
import dev.waybill.console.services.SagaService.Wanted;
import dev.waybill.console.services.ShippingService;
import dev.waybill.console.services.SideBySide;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Lists sagas and shows one. Those that are not finished are all read, as far as there are not too many, so that the oldest can
 * stand first, and the stuck ones before all others. Of finished ones, the newest are of interest, page by page.
 */
@Service
class LookingAtSagas {

    static final List<String> UNFINISHED = List.of("STUCK", "COMPENSATING", "RUNNING");
    static final List<String> FINISHED = List.of("COMPLETED", "COMPENSATED");

    private static final int AT_ONCE = 100;
    /** Of each state. */
    private static final int MOST_PAGES = 5;
    /** A page of more is slow, and nobody reads it; the counts are of all. */
    private static final int MOST_LISTED = 200;
    /** Nobody waits longer for a page than until the answer to the question that was asked last by then. */
    private static final Duration LOOKS_FOR = Duration.ofSeconds(2);

    private final SideBySide sideBySide;
    private final SagaService sagas;
    private final OrderService orders;
    private final PaymentService payments;
    private final ShippingService shipments;

    LookingAtSagas(SideBySide sideBySide, SagaService sagas, OrderService orders, PaymentService payments,
            ShippingService shipments) {
        this.sideBySide = sideBySide;
        this.sagas = sagas;
        this.orders = orders;
        this.payments = payments;
        this.shipments = shipments;
    }

    private record Read(List<Saga> items, boolean cut, @Nullable String trouble) {}

    SagaList list(Wanted wanted, @Nullable String cursor) {
        if (FINISHED.contains(wanted.status())) {
            Answer<Listing<Saga>> answer = sagas.list(wanted, 50, cursor);
            Listing<Saga> page = answer.found();
            return page == null
                    ? new SagaList(List.of(), List.of(), null, false, 0, troubles(answer.words()))
                    : new SagaList(page.items(), List.of(), page.next(), false, 0, List.of());
        }
        List<Supplier<Read>> states = UNFINISHED.stream()
                .filter(status -> wanted.status().isEmpty() || wanted.status().equals(status))
                .map(status -> new Wanted(status, wanted.step(), wanted.type(), wanted.olderThan(), null))
                .map(each -> sideBySide.ask(() -> whole(each))).toList();
        List<Read> read = states.stream().map(Supplier::get).toList();
        List<Saga> items = read.stream().flatMap(each -> each.items().stream())
                .sorted(Comparator.comparing((Saga saga) -> !saga.isStuck())
                        .thenComparing(saga -> Objects.requireNonNullElse(saga.startedAt(), Instant.EPOCH)))
                .toList();
        List<Saga> listed = items.stream().limit(MOST_LISTED).toList();
        return new SagaList(listed, counts(items), null, read.stream().anyMatch(Read::cut),
                items.size() - listed.size(),
                read.stream().flatMap(each -> troubles(each.trouble()).stream()).distinct().toList());
    }

    private Read whole(Wanted wanted) {
        List<Saga> items = new ArrayList<>();
        String cursor = null;
        long until = System.nanoTime() + LOOKS_FOR.toNanos();
        for (int page = 0; page == 0 || (page < MOST_PAGES && System.nanoTime() - until < 0); page++) {
            Answer<Listing<Saga>> answer = sagas.list(wanted, AT_ONCE, cursor);
            if (!(answer instanceof Answered<Listing<Saga>>(Listing<Saga> found))) {
                return new Read(items, false, answer.words());
            }
            items.addAll(found.items());
            cursor = found.next();
            if (cursor == null) {
                return new Read(items, false, null);
            }
        }
        return new Read(items, true, null);
    }

    private static List<SagaList.Standing> counts(List<Saga> items) {
        Map<SagaList.Standing, Long> counts = new LinkedHashMap<>();
        items.forEach(saga -> counts.merge(new SagaList.Standing(saga.status(), saga.step(), 0), 1L, Long::sum));
        return counts.entrySet().stream().map(each -> new SagaList.Standing(each.getKey().status(),
                each.getKey().step(), each.getValue())).toList();
    }

    private static List<String> troubles(@Nullable String trouble) {
        return trouble == null ? List.of() : List.of(trouble);
    }

    Answer<SagaLook> at(UUID id) {
        return sagas.saga(id).map(saga -> {
            UUID order = Objects.requireNonNullElse(saga.orderId(), id);
            var itsOrder = sideBySide.ask(() -> orders.order(order));
            var gatewayCalls = sideBySide.ask(() -> payments.waitsFor(order));
            var carrierCalls = sideBySide.ask(() -> shipments.waitsFor(order));
            return new SagaLook(saga, itsOrder.get(), gatewayCalls.get(), carrierCalls.get());
        });
    }
}
