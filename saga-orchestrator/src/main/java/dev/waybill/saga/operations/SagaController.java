package dev.waybill.saga.operations;

import dev.waybill.defaults.operators.IfMatch;
import dev.waybill.defaults.operators.Operator;
import dev.waybill.defaults.operators.Reason;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.defaults.validation.PlainText;
import dev.waybill.events.SagaId;
import dev.waybill.saga.engine.Input;
import dev.waybill.saga.engine.Input.Asked;
import dev.waybill.saga.engine.Input.Resolution;
import dev.waybill.saga.engine.Outcome;
import dev.waybill.saga.engine.Status;
import dev.waybill.saga.running.SeeingToSagas;
import dev.waybill.saga.running.SeeingToSagas.Answer;
import dev.waybill.saga.running.UnknownDefinitionException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Shows the sagas to operators, and takes what they want of them: who and why goes into the saga's journal. */
@RestController
@RequestMapping("/sagas")
class SagaController {

    private static final ProblemType UNKNOWN = ProblemType.notFound("unknown-saga", "There is no such saga");
    private static final ProblemType NOT_NOW = ProblemType.conflict("makes-no-sense-now",
            "This makes no sense as the saga stands");
    private static final String TEXT = "\\P{Cntrl}*";
    private static final String NO_TEXT = "This text holds a control character";

    private final Sagas sagas;
    private final SeeingToSagas seeing;
    private final Clock clock;

    SagaController(Sagas sagas, SeeingToSagas seeing, Clock clock) {
        this.sagas = sagas;
        this.seeing = seeing;
        this.clock = clock;
    }

    /** As what a stuck saga is to be taken from now on. */
    record Resolving(@NotNull Resolution outcome, @NotNull @PlainText(max = Reason.LONGEST) String reason) {}

    /**
     * @param olderThan how long ago it was started at least, like {@code PT5M}
     * @param oldestFirst else the newest stand first
     */
    @GetMapping
    Page<SagaView> list(
            @RequestParam(required = false) @Pattern(regexp = TEXT, message = NO_TEXT) @Nullable String type,
            @RequestParam(required = false) @Nullable Status status,
            @RequestParam(required = false) @Pattern(regexp = TEXT, message = NO_TEXT) @Nullable String step,
            @RequestParam(required = false) @DurationMin @DurationMax(days = 36_500) @Nullable Duration olderThan,
            @RequestParam(required = false) @Nullable UUID orderId,
            @RequestParam(defaultValue = "false") boolean oldestFirst,
            PageRequest page) {
        return sagas.list(new SagaFilter(type, status, step, startedBefore(olderThan), orderId), oldestFirst, page);
    }

    /**
     * How many of those that have not finished stand where.
     *
     * @param olderThan how long ago they were started at least, like {@code PT5M}
     */
    @GetMapping("/counts")
    Page<SagaCount> counts(
            @RequestParam(required = false) @Pattern(regexp = TEXT, message = NO_TEXT) @Nullable String type,
            @RequestParam(required = false) @Nullable Status status,
            @RequestParam(required = false) @Pattern(regexp = TEXT, message = NO_TEXT) @Nullable String step,
            @RequestParam(required = false) @DurationMin @DurationMax(days = 36_500) @Nullable Duration olderThan) {
        return Page.whole(sagas.counts(new SagaFilter(type, status, step, startedBefore(olderThan), null)));
    }

    private @Nullable Instant startedBefore(@Nullable Duration olderThan) {
        return olderThan == null ? null : clock.instant().minus(olderThan);
    }

    @GetMapping("/{id}")
    ResponseEntity<SagaDetails> get(@PathVariable UUID id) {
        return shown(HttpStatus.OK, id);
    }

    @PostMapping("/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<SagaDetails> retry(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody Reason why,
            HttpServletRequest request) {
        return ask(id, ifMatch, new Input.Retry(asked(request, why.reason())));
    }

    @PostMapping("/{id}/skip")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<SagaDetails> skip(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody Reason why,
            HttpServletRequest request) {
        return ask(id, ifMatch, new Input.Skip(asked(request, why.reason())));
    }

    @PostMapping("/{id}/compensate")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<SagaDetails> compensate(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody Reason why,
            HttpServletRequest request) {
        return ask(id, ifMatch, new Input.TurnBack(asked(request, why.reason())));
    }

    @PostMapping("/{id}/resolve")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<SagaDetails> resolve(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody Resolving how,
            HttpServletRequest request) {
        return ask(id, ifMatch, new Input.Resolve(how.outcome(), asked(request, how.reason())));
    }

    private static Asked asked(HttpServletRequest request, String why) {
        return new Asked(Operator.nameOf(request), why);
    }

    /** @param ifMatch left out, the saga is meant as it stands */
    private ResponseEntity<SagaDetails> ask(UUID id, @Nullable String ifMatch, Input.Request request) {
        Long version = IfMatch.versionIfGiven(ifMatch);
        try {
            switch (seeing.ask(new SagaId(id), version, request)) {
                case Answer.Asked(Outcome outcome) -> requireTaken(outcome);
                case Answer.Changed(long now) -> throw IfMatch.stale(now);
                case Answer.Unknown() -> throw UNKNOWN.because("There is no saga " + id);
            }
        } catch (UnknownDefinitionException e) {
            throw NOT_NOW.because(String.valueOf(e.getMessage()));
        }
        return shown(HttpStatus.ACCEPTED, id);
    }

    private ResponseEntity<SagaDetails> shown(HttpStatus status, UUID id) {
        SagaDetails details = sagas.find(id).orElseThrow(() -> UNKNOWN.because("There is no saga " + id));
        return ResponseEntity.status(status).eTag(Long.toString(details.saga().version())).body(details);
    }

    private static void requireTaken(Outcome outcome) {
        switch (outcome) {
            case TAKEN -> {
            }
            case FINISHED -> throw NOT_NOW.because("The saga has finished: there is nothing left to be done");
            case TURNED_BACK_ALREADY -> throw NOT_NOW.because("The saga has turned back already");
            case NO_WAY_BACK ->
                throw NOT_NOW.because("The step after which there is no way back is commanded, so it may "
                        + "have happened: the saga can only go forward, or be resolved when it is stuck");
            case NOT_TO_BE_SKIPPED -> throw NOT_NOW.because("Only a step that follows the point of no return can be "
                    + "skipped, and the saga is at none");
            case HAS_HAPPENED ->
                throw NOT_NOW.because("The step after which there is no way back has happened: the saga can only be "
                        + "resolved as COMPLETED, and what is left is then cancelled or returned as with any other order");
            case NOT_STUCK -> throw NOT_NOW.because("The saga is not stuck: it goes on by itself");
            case DUPLICATE, LATE, UNMATCHED, NOT_DUE ->
                throw new IllegalStateException("What a person wants is not answered by " + outcome);
        }
    }
}
