package dev.waybill.simulators.mailbox;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.Iterator;

/** Shows what is in the boxes. */
@RestController
class MailboxController {

    private final Mailbox mailbox;

    MailboxController(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    @GetMapping("/mailbox")
    Mails mails(@RequestParam(required = false) @Nullable String to) {
        return new Mails(mailbox.mails(to));
    }

    /** Written as it is read: the book may be larger than the memory. */
    record Mails(Iterator<Mail> items) {}
}
