package dev.waybill.notification.mails;

/**
 * Whether a mail was taken is not known; it is sent again, under the same Message-ID. It has neither a cause nor the server's own
 * words, since these name addresses, and what it says is logged.
 */
final class MailInDoubtException extends RuntimeException {

    MailInDoubtException(String message) {
        super(message);
    }
}
