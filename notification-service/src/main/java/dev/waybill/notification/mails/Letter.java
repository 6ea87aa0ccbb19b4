package dev.waybill.notification.mails;

/**
 * A mail that is ready to be sent.
 *
 * @param messageId the same whenever it is sent again
 */
record Letter(String messageId, String to, String subject, String text, String html) {

    /** Names nobody: it is what ends up in logs. */
    @Override
    public String toString() {
        return "mail " + messageId;
    }
}
