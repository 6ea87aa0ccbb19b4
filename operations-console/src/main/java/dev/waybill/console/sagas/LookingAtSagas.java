package dev.waybill.console.sagas;

import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Listing;
import dev.waybill.console.services.OrderService;
import dev.waybill.console.services.PaymentService;
import dev.waybill.console.services.SagaService;
import dev.waybill.console.services.SagaService.Saga;
import dev.waybill.console.services.SagaService.Standing;
import dev.waybill.console.services.SagaService.Wanted;
import dev.waybill.console.services.ShippingService;
import dev.waybill.console.services.SideBySide;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lists sagas and shows one. Of those that are not finished the oldest stand first, and the stuck ones before all others: of each state
 * the orchestrator gives its oldest, so none that has waited for long is missed, however many there are, and it counts them all. One
 * state alone is listed page by page to its end. Of finished ones, the newest are of interest.
 */
@Service
class LookingAtSagas {

    static final List<String> UNFINISHED = List.of("STUCK", "COMPENSATING", "RUNNING");
    static final List<String> FINISHED = List.of("COMPLETED", "COMPENSATED");

    /** As many as the orchestrator gives at once. */
    private static final int PAGE = 100;
    private static final int PAGE_OF_FINISHED = 50;

    private static final Comparator<Saga> OLDEST_FIRST = Comparator
            .comparing((Saga saga) -> Objects.requireNonNullElse(saga.startedAt(), Instant.EPOCH));
    private static final Comparator<Standing> AS_LISTED = Comparator
            .comparingInt((Standing each) -> UNFINISHED.indexOf(Objects.requireNonNullElse(each.status(), "")))
            .thenComparing(each -> Objects.requireNonNullElse(each.step(), ""));

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

    SagaList list(Wanted wanted, @Nullable String cursor) {
        if (FINISHED.contains(wanted.status())) {
            Answer<Listing<Saga>> newest = sagas.list(wanted, PAGE_OF_FINISHED, cursor);
            Listing<Saga> page = orNothing(newest);
            return new SagaList(page.items(), List.of(), page.next(), 0, false, troubles(newest.words(), null));
        }
        Supplier<Answer<Listing<Standing>>> counting = sideBySide.ask(() -> sagas.counts(wanted));
        return wanted.status().isEmpty() ? ofAllStates(wanted, counting) : ofOneState(wanted, cursor, counting);
    }

    private SagaList ofOneState(Wanted wanted, @Nullable String cursor,
            Supplier<Answer<Listing<Standing>>> counting) {
        Answer<Listing<Saga>> oldest = sagas.oldest(wanted, PAGE, cursor);
        Answer<Listing<Standing>> counted = counting.get();
        Listing<Saga> page = orNothing(oldest);
        return new SagaList(page.items(), standings(counted), page.next(), 0, false,
                troubles(oldest.words(), uncounted(counted)));
    }

    private SagaList ofAllStates(Wanted wanted, Supplier<Answer<Listing<Standing>>> counting) {
        List<Supplier<Answer<Listing<Saga>>>> asked = UNFINISHED.stream()
                .map(status -> new Wanted(status, wanted.step(), wanted.type(), wanted.olderThan(), null))
                .map(each -> sideBySide.ask(() -> sagas.oldest(each, PAGE, null))).toList();
        List<Answer<Listing<Saga>>> states = asked.stream().map(Supplier::get).toList();
        List<Saga> read = states.stream().flatMap(state -> orNothing(state).items().stream()).toList();
        List<Saga> shown = Stream.concat(
                read.stream().filter(Saga::isStuck).sorted(OLDEST_FIRST),
                read.stream().filter(saga -> !saga.isStuck()).sorted(OLDEST_FIRST).limit(PAGE)).toList();
        Answer<Listing<Standing>> counted = counting.get();
        List<Standing> standings = standings(counted);
        long below = Math.max(0, standings.stream().mapToLong(Standing::sagas).sum() - shown.size());
        boolean cut = shown.size() < read.size() || states.stream().anyMatch(state -> orNothing(state).next() != null);
        List<String> troubles = Stream.concat(states.stream().map(Answer::words), Stream.ofNullable(uncounted(counted)))
                .filter(Objects::nonNull).distinct().toList();
        return new SagaList(shown, standings, null, cut ? below : 0, cut, troubles);
    }

    private static List<Standing> standings(Answer<Listing<Standing>> counted) {
        return orNothing(counted).items().stream().sorted(AS_LISTED).toList();
    }

    /** What is refused is refused for the list too, and said there. */
    private static @Nullable String uncounted(Answer<Listing<Standing>> counted) {
        return counted instanceof Answer.Silent<Listing<Standing>> silent ? silent.words() : null;
    }

    private static <T> Listing<T> orNothing(Answer<Listing<T>> answer) {
        return Objects.requireNonNullElse(answer.found(), new Listing<>(List.of(), null));
    }

    private static List<String> troubles(@Nullable String one, @Nullable String other) {
        return Stream.concat(Stream.ofNullable(one), Stream.ofNullable(other)).distinct().toList();
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
