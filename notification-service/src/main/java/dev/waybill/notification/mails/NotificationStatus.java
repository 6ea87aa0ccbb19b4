package dev.waybill.notification.mails;

/** What became of a notification. */
enum NotificationStatus {
    /** Its order's placing has not been heard of yet, so nobody knows whom to tell. */
    WAITING,
    /** To be sent. */
    PENDING,
    /** The mail server has taken it. */
    SENT,
    /** Not to be sent, see {@link Why}. */
    SKIPPED,
    /** Could not be sent, see {@link Why}. */
    FAILED;

    /** Why there is no mail. */
    enum Why {
        /** What it tells of was long past when it was first heard of. */
        TOO_OLD(SKIPPED),
        /** The customer has given no address. */
        NO_ADDRESS(SKIPPED),
        /** The address was forgotten before it was needed. */
        ADDRESS_FORGOTTEN(SKIPPED),
        /** What was given is no address. */
        BAD_ADDRESS(FAILED),
        /** The mail server has refused it for good. */
        REFUSED(FAILED),
        /** The mail server could not be brought to take it for too long. */
        GIVEN_UP(FAILED);

        private final NotificationStatus status;

        Why(NotificationStatus status) {
            this.status = status;
        }

        NotificationStatus status() {
            return status;
        }
    }
}
