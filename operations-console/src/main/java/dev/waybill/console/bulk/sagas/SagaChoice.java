package dev.waybill.console.bulk.sagas;

import dev.waybill.console.bulk.BulkOrder;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.SagaService;
import dev.waybill.console.services.SagaService.Saga;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** What can be asked of many sagas. */
enum SagaChoice {
    RETRY("saga.retry", "Retry sagas"), COMPLETED("saga.resolve-completed", "Resolve sagas as completed"), COMPENSATED(
            "saga.resolve-compensated", "Resolve sagas as compensated");

    private final String act;
    private final String title;

    SagaChoice(String act, String title) {
        this.act = act;
        this.title = title;
    }

    String act() {
        return act;
    }

    String title() {
        return title;
    }

    /** By the name that a form sends, like {@code RETRY}. */
    static Optional<SagaChoice> named(String name) {
        return Arrays.stream(values()).filter(choice -> choice.name().equals(name)).findFirst();
    }

    /** Why it makes no sense for this one; nothing where it does. */
    Optional<String> objection(Saga saga) {
        return switch (this) {
            case RETRY -> saga.isFinished() ? Optional.of("They have finished") : Optional.empty();
            case COMPLETED, COMPENSATED -> saga.isStuck() ? Optional.empty() : Optional.of("They are not stuck");
        };
    }

    Answer<Saga> ask(SagaService sagas, UUID id, BulkOrder by) {
        return switch (this) {
            case RETRY -> sagas.retry(id, by.who(), by.reason());
            case COMPLETED, COMPENSATED -> sagas.resolve(id, by.who(), name(), by.reason());
        };
    }
}
