package dev.waybill.simulators.mailbox;

import dev.waybill.simulators.books.Books;
import dev.waybill.simulators.books.Bookshelf;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.Iterator;
import java.util.List;

/** Everybody's mails. One that was taken is on disk. */
@Component
class Mailbox {

    private final Books<MailEntry> books;

    Mailbox(Bookshelf shelf) {
        this.books = shelf.open("mailbox", MailEntry.class);
    }

    /** Puts a mail into the box of each of its recipients. */
    void take(Mail mail, List<String> recipients) {
        recipients.forEach(recipient -> books.record(() -> new MailEntry(mail.to(recipient))));
    }

    /** The oldest first; everybody's, where nobody is named. */
    Iterator<Mail> mails(@Nullable String to) {
        Iterator<MailEntry> entries = to == null ? books.all() : books.about(MailEntry.boxOf(to)).iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Mail next() {
                return entries.next().mail();
            }
        };
    }
}
