package dev.waybill.messaging.operations;

import dev.waybill.messaging.outbox.OutboxProgress;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Duration;

/** Shows operators whether the outbox is published. */
@RestController
class OutboxController {

    private final OutboxProgress progress;

    OutboxController(OutboxProgress progress) {
        this.progress = progress;
    }

    /**
     * How far the outbox is published.
     *
     * @param leader who publishes; nobody for now where it is null
     */
    record OutboxView(long backlog, Duration oldestUnpublishedAge, @Nullable String leader, long fencingToken) {}

    @GetMapping("/operations/outbox")
    OutboxView outbox() {
        OutboxProgress.Publisher publisher = progress.publisher();
        return new OutboxView(
                progress.backlog(), progress.oldestUnpublishedAge(), publisher.leader(), publisher.fencingToken());
    }
}
