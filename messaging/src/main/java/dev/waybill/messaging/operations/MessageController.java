package dev.waybill.messaging.operations;

import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.defaults.validation.PlainText;
import dev.waybill.messaging.outbox.OutboxByKey;
import dev.waybill.messaging.outbox.OutboxByKey.Said;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/**
 * Shows operators what this service has said about an order, message by message, with headers and payload; what it was told stands
 * with those who said it. Payloads hold what customers have told us, their addresses too: whoever operates the platform may see them,
 * nobody else may ask, and none of it is written to a log.
 */
@RestController
class MessageController {

    /** So many bytes of a payload; an order of a hundred lines has half of it. */
    static final int LONGEST_PAYLOAD = 32 * 1024;

    private final OutboxByKey messages;

    MessageController(OutboxByKey messages) {
        this.messages = messages;
    }

    @GetMapping("/operations/messages")
    Page<MessageView> messages(@RequestParam @PlainText String key, PageRequest page) {
        List<Said> rows = messages.read(
                key, page.after(Long::valueOf).orElse(0L), LONGEST_PAYLOAD + 1, page.fetchSize());
        return page.page(rows, Said::id).map(said -> MessageView.from(said, LONGEST_PAYLOAD));
    }
}
