package dev.waybill.notification.mails;

/** Whoever takes mails from us to bring them on. */
interface Mailer {

    /** What the mail server has said. */
    sealed interface Answer {}

    /** It sees to the mail. */
    record Taken() implements Answer {}

    /** It will never take this mail; asking again would be no use. */
    record Refused() implements Answer {}

    /** What was given is no address. */
    record NoAddress() implements Answer {}

    /**
     * Sends a mail.
     *
     * @throws MailInDoubtException where there is no such answer: the mail may be on its way or not
     */
    Answer send(Letter letter);
}
