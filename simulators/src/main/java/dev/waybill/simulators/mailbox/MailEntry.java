package dev.waybill.simulators.mailbox;

import dev.waybill.simulators.books.Entry;

import java.util.Locale;

/** A line of the mailbox's book: a mail in one recipient's box. */
record MailEntry(Mail mail) implements Entry {

    @Override
    public String subject() {
        return boxOf(mail.to());
    }

    /** Under which name an address's mails are found: mail servers do not tell upper from lower case. */
    static String boxOf(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
