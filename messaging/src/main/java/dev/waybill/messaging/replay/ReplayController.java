package dev.waybill.messaging.replay;

import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.defaults.problems.StandardProblems;
import dev.waybill.messaging.MessagingSettings;
import dev.waybill.messaging.outbox.OutboxTable.Said;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/** Has the service's event store published again, for operators. */
@RestController
@RequestMapping("/operations/replays")
class ReplayController {

    private static final ProblemType UNKNOWN = ProblemType.notFound("unknown-replay", "There is no such replay");
    /** What PostgreSQL can store, and more than anybody means. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final Replays replays;
    private final TargetTopics topics;
    private final ReplayWorker worker;
    private final int usualRate;

    ReplayController(Replays replays, TargetTopics topics, ReplayWorker worker, MessagingSettings settings) {
        this.replays = replays;
        this.topics = topics;
        this.worker = worker;
        this.usualRate = settings.replay().ratePerSecond();
    }

    @PostMapping
    ResponseEntity<ReplayView> begin(@Valid @RequestBody ReplayRequest request) {
        checkTime("/from", request.from());
        checkTime("/to", request.to());
        if (request.from() != null && request.to() != null && !request.from().isBefore(request.to())) {
            throw StandardProblems.INVALID_REQUEST.because("Nothing was said in no time")
                    .at("/to", "Has to be later than from");
        }
        topics.check(request.topic());
        Integer rate = request.ratePerSecond();
        Replay replay = replays.add(
                request.topic(), new Said(request.from(), request.to()),
                rate == null ? usualRate : rate);
        worker.wakeUp();
        return ResponseEntity.accepted().location(URI.create("/operations/replays/" + replay.id()))
                .body(ReplayView.from(replay));
    }

    @GetMapping
    Page<ReplayView> list(PageRequest page) {
        return replays.list(page).map(ReplayView::from);
    }

    @GetMapping("/{id}")
    ReplayView get(@PathVariable UUID id) {
        return replays.find(id).map(ReplayView::from)
                .orElseThrow(() -> UNKNOWN.because("There is no replay " + id));
    }

    private static void checkTime(String pointer, @Nullable Instant time) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw StandardProblems.INVALID_REQUEST.because("This time is far from all that was ever said")
                    .at(pointer, "Has to lie between %s and %s".formatted(EARLIEST, LATEST));
        }
    }
}
