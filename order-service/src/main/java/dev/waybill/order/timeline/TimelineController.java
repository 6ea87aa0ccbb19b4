package dev.waybill.order.timeline;

import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.events.OrderId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/** Shows what has happened to an order, in all services. */
@RestController
class TimelineController {

    private static final ProblemType NO_SUCH_ORDER = ProblemType.notFound("order-not-found", "There is no such order");

    private final Timeline timeline;

    TimelineController(Timeline timeline) {
        this.timeline = timeline;
    }

    @GetMapping("/orders/{id}/timeline")
    Page<TimelineEntry> timeline(@PathVariable UUID id) {
        return Page.whole(timeline.of(new OrderId(id))
                .orElseThrow(() -> NO_SUCH_ORDER.because("There is no order " + id)));
    }
}
