package dev.waybill.console.bulk.sagas;

import dev.waybill.console.bulk.BulkOrder;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.SagaService;
import dev.waybill.console.services.SagaService.Saga;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** What can be asked of many sagas. Whether it makes sense for one of them at its step is the orchestrator's to say: it is passed over then. */
enum SagaChoice {
    RETRY("saga.retry", "Retry sagas",
            "What each of them waits for, or what stands in its way, is asked for again. A service that has done it already does nothing "
                    + "a second time."),
    SKIP("saga.skip", "Skip the step of sagas",
            "The step at which each of them stands is taken as done though no service has said so, and nobody will do it any more: see "
                    + "first that it is done for all of them. It is possible only for steps that follow the capture of the payment."),
    COMPENSATE("saga.compensate", "Compensate sagas",
            "Each of them turns back: what was done is undone in reverse, payments are voided, parcels called off, stock given free, and "
                    + "its order ends and is not fulfilled. Nobody can take that back. Those whose capture is commanded are passed over."),
    COMPLETED("saga.resolve-completed", "Resolve sagas as completed",
            "Nothing more is done for any of them, and its order is told that it is fulfilled. Nobody can take that back, and what is "
                    + "left at the payment, the shipment and the stock is for people to put right."),
    COMPENSATED("saga.resolve-compensated", "Resolve sagas as compensated",
            "Nothing is undone for any of them, and its order is told that it is not fulfilled. Nobody can take that back, and what is "
                    + "left at the payment, the shipment and the stock is for people to put right.");

    private final String act;
    private final String title;
    private final String consequence;

    SagaChoice(String act, String title, String consequence) {
        this.act = act;
        this.title = title;
        this.consequence = consequence;
    }

    String act() {
        return act;
    }

    String title() {
        return title;
    }

    String consequence() {
        return consequence;
    }

    /** By the name that a form sends, like {@code RETRY}. */
    static Optional<SagaChoice> named(String name) {
        return Arrays.stream(values()).filter(choice -> choice.name().equals(name)).findFirst();
    }

    /** Why it makes no sense for this one; nothing where it does, as far as can be seen from here. */
    Optional<String> objection(Saga saga) {
        return switch (this) {
            case RETRY -> finished(saga);
            case SKIP, COMPENSATE -> finished(saga).or(() -> "COMPENSATING".equals(saga.status())
                    ? Optional.of("They turn back already")
                    : Optional.empty());
            case COMPLETED, COMPENSATED -> saga.isStuck() ? Optional.empty() : Optional.of("They are not stuck");
        };
    }

    private static Optional<String> finished(Saga saga) {
        return saga.isFinished() ? Optional.of("They have finished") : Optional.empty();
    }

    /** @param version at which it has to be still */
    Answer<Saga> ask(SagaService sagas, UUID id, long version, BulkOrder by) {
        return switch (this) {
            case RETRY -> sagas.retry(id, version, by.who(), by.reason());
            case SKIP -> sagas.skip(id, version, by.who(), by.reason());
            case COMPENSATE -> sagas.compensate(id, version, by.who(), by.reason());
            case COMPLETED, COMPENSATED -> sagas.resolve(id, version, by.who(), name(), by.reason());
        };
    }
}
