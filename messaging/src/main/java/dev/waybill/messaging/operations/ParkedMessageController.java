package dev.waybill.messaging.operations;

import dev.waybill.defaults.operators.IfMatch;
import dev.waybill.defaults.operators.Operator;
import dev.waybill.defaults.operators.Reason;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.defaults.problems.StandardProblems;
import dev.waybill.defaults.validation.PlainText;
import dev.waybill.messaging.inbox.DryRun;
import dev.waybill.messaging.inbox.ParkedAct;
import dev.waybill.messaging.inbox.ParkedAct.By;
import dev.waybill.messaging.inbox.ParkedActs;
import dev.waybill.messaging.inbox.ParkedMessage;
import dev.waybill.messaging.inbox.ParkedMessage.Content;
import dev.waybill.messaging.inbox.ParkedMessage.State;
import dev.waybill.messaging.inbox.ParkedQueues;
import dev.waybill.messaging.inbox.SeeingToParked;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What operators see of parked messages, and do about them. */
@RestController
@RequestMapping("/operations")
class ParkedMessageController {

    /** Of a payload in a list; whole it stands at the message itself. */
    private static final int LONGEST_IN_LIST = 8 * 1024;
    private static final int LONGEST_JOURNAL = 200;

    private final ParkedQueues queues;
    private final ParkedActs acts;
    private final SeeingToParked seeing;

    ParkedMessageController(ParkedQueues queues, ParkedActs acts, SeeingToParked seeing) {
        this.queues = queues;
        this.acts = acts;
        this.seeing = seeing;
    }

    /**
     * What a message is changed into.
     *
     * @param payload JSON, or a text that is taken as it is
     * @param headers all of them; left out, they stay as they are
     */
    record Edit(
            @NotNull JsonNode payload,
            @Size(max = 50) @Nullable Map<@PlainText String, @NotNull @PlainText(max = 2000) String> headers,
            @NotNull @PlainText(max = Reason.LONGEST) String reason) {

        Content applyTo(Content content) {
            String text = payload.isString() ? payload.stringValue() : payload.toString();
            return new Content(
                    headers == null ? content.headers() : headers, Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Why, if there is more to say than that it is done. */
    record PerhapsReason(@PlainText(max = Reason.LONGEST) @Nullable String reason) {}

    @GetMapping("/parked-messages")
    Page<ParkedMessageView> list(
            @RequestParam(required = false) @PlainText @Nullable String subscription,
            @RequestParam(required = false) @Nullable State state,
            @RequestParam(required = false) @PlainText @Nullable String key,
            PageRequest page) {
        List<ParkedMessage> rows = queues.list(
                new ParkedQueues.Filter(subscription, state, key),
                page.after(UUID::fromString).orElse(null),
                page.fetchSize(),
                LONGEST_IN_LIST + 1);
        return page.page(rows, ParkedMessage::id).map(row -> ParkedMessageView.from(row, LONGEST_IN_LIST));
    }

    @GetMapping("/parked-messages/{id}")
    ResponseEntity<ParkedMessageDetails> get(@PathVariable UUID id) {
        return details(queues.find(id).orElseThrow(() -> ParkedProblems.unknown(id)));
    }

    @PutMapping("/parked-messages/{id}")
    ResponseEntity<ParkedMessageDetails> edit(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody Edit edit,
            HttpServletRequest request) {
        long version = IfMatch.version(ifMatch);
        if (edit.payload().isNull()) {
            throw StandardProblems.INVALID_REQUEST.because("The body does not have all that it should")
                    .at("/payload", "A payload is wanted here");
        }
        var by = new By(Operator.nameOf(request), edit.reason());
        return details(ParkedProblems.done(id, seeing.edit(id, version, edit::applyTo, by)));
    }

    @PostMapping("/parked-messages/{id}/dry-run")
    DryRunView dryRun(@PathVariable UUID id, HttpServletRequest request) {
        DryRun run = ParkedProblems.done(id, seeing.dryRun(id, new By(Operator.nameOf(request), null)));
        return DryRunView.from(run);
    }

    @PostMapping("/parked-messages/{id}/replay")
    WorkedOffView replay(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody(required = false) @Nullable PerhapsReason why,
            HttpServletRequest request) {
        Long version = IfMatch.versionIfGiven(ifMatch);
        var by = new By(Operator.nameOf(request), why == null ? null : why.reason());
        return WorkedOffView.from(ParkedProblems.done(id, seeing.replay(id, version, by)));
    }

    @PostMapping("/parked-messages/{id}/discard")
    WorkedOffView discard(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody Reason why,
            HttpServletRequest request) {
        Long version = IfMatch.versionIfGiven(ifMatch);
        var by = new By(Operator.nameOf(request), why.reason());
        return WorkedOffView.from(ParkedProblems.done(id, seeing.discard(id, version, by)));
    }

    /** What was done, also about messages that are gone. */
    @GetMapping("/parked-acts")
    Page<ParkedActView> acts(
            @RequestParam(required = false) @Nullable UUID parkedMessage,
            @RequestParam(required = false) @PlainText @Nullable String key,
            PageRequest page) {
        List<ParkedAct> rows = acts
                .list(parkedMessage, key, page.after(Long::valueOf).orElse(null), page.fetchSize());
        return page.page(rows, ParkedAct::id).map(ParkedActView::from);
    }

    private ResponseEntity<ParkedMessageDetails> details(ParkedMessage message) {
        return ResponseEntity.ok().eTag(Long.toString(message.version())).body(
                ParkedMessageDetails.from(message, acts.list(message.id(), null, null, LONGEST_JOURNAL)));
    }
}
