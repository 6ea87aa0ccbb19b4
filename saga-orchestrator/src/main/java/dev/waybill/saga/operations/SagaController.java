package dev.waybill.saga.operations;

import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.saga.engine.Status;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** Shows the sagas to operators. */
@RestController
@RequestMapping("/sagas")
class SagaController {

    private static final ProblemType UNKNOWN = ProblemType.notFound("unknown-saga", "There is no such saga");
    private static final String TEXT = "\\P{Cntrl}*";
    private static final String NO_TEXT = "This text holds a control character";

    private final Sagas sagas;
    private final Clock clock;

    SagaController(Sagas sagas, Clock clock) {
        this.sagas = sagas;
        this.clock = clock;
    }

    /** @param olderThan how long ago it was started at least, like {@code PT5M} */
    @GetMapping
    Page<SagaView> list(
            @RequestParam(required = false) @Pattern(regexp = TEXT, message = NO_TEXT) @Nullable String type,
            @RequestParam(required = false) @Nullable Status status,
            @RequestParam(required = false) @Pattern(regexp = TEXT, message = NO_TEXT) @Nullable String step,
            @RequestParam(required = false) @DurationMin @DurationMax(days = 36_500) @Nullable Duration olderThan,
            @RequestParam(required = false) @Nullable UUID orderId,
            PageRequest page) {
        var startedBefore = olderThan == null ? null : clock.instant().minus(olderThan);
        return sagas.list(new SagaFilter(type, status, step, startedBefore, orderId), page);
    }

    @GetMapping("/{id}")
    SagaDetails get(@PathVariable UUID id) {
        return sagas.find(id).orElseThrow(() -> UNKNOWN.because("There is no saga " + id));
    }
}
