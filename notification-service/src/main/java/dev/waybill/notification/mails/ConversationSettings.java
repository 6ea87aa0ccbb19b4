package dev.waybill.notification.mails;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * How long a conversation with the mail server may last.
 *
 * @param claim for so long nobody else sends a mail that is being sent. It follows from nothing that is set for mails, so the
 *     conversation follows from it
 */
@ConfigurationProperties("waybill.outside-calls")
record ConversationSettings(@DefaultValue("15s") Duration claim) {

    /** A call begins in the first half of its claim: what has ended after a third more leaves time to record it. */
    Duration longest() {
        return claim.dividedBy(3);
    }
}
