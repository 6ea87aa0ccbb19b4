package dev.waybill.messaging.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.defaults.operators.Operator;
import dev.waybill.defaults.operators.Reason;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.messaging.inbox.ParkedAct.By;
import dev.waybill.messaging.inbox.ParkedMessage;
import dev.waybill.messaging.inbox.ParkedQueues;
import dev.waybill.messaging.inbox.RunningSubscriptions;
import dev.waybill.messaging.inbox.RunningSubscriptions.Status;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.List;

/** Shows operators the subscriptions of this process, and has one that is paused go on. */
@RestController
@RequestMapping("/operations/subscriptions")
class SubscriptionController {

    private static final ProblemType UNKNOWN = ProblemType.notFound("unknown-subscription",
            "There is no such subscription");
    private static final ProblemType NOT_PAUSED = ProblemType.conflict("subscription-not-paused",
            "The subscription is not paused");

    private final RunningSubscriptions subscriptions;
    private final ParkedQueues queues;

    SubscriptionController(RunningSubscriptions subscriptions, ParkedQueues queues) {
        this.subscriptions = subscriptions;
        this.queues = queues;
    }

    enum State {
        RUNNING, PAUSED
    }

    /**
     * A subscription.
     *
     * @param reason why it is paused
     * @param parked how many of its messages wait for a person
     */
    record SubscriptionView(
            String name,
            List<String> topics,
            State state,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant pausedSince,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
            long parked) {}

    @GetMapping
    Page<SubscriptionView> list() {
        return Page.whole(subscriptions.list()).map(this::view);
    }

    @PostMapping("/{name}/resume")
    SubscriptionView resume(@PathVariable String name, @Valid @RequestBody Reason why, HttpServletRequest request) {
        if (subscriptions.status(name).isEmpty()) {
            throw UNKNOWN.because("This service has no such subscription");
        }
        if (!subscriptions.resume(name, new By(Operator.nameOf(request), why.reason()))) {
            throw NOT_PAUSED.because("Nothing holds it up in this process");
        }
        return subscriptions.status(name).map(this::view).orElseThrow();
    }

    private SubscriptionView view(Status status) {
        return new SubscriptionView(
                status.name(),
                status.topics(),
                status.isPaused() ? State.PAUSED : State.RUNNING,
                status.pausedSince(),
                status.reason(),
                queues.count(status.name(), ParkedMessage.State.PARKED));
    }
}
