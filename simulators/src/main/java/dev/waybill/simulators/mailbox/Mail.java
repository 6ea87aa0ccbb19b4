package dev.waybill.simulators.mailbox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/**
 * A mail as it came.
 *
 * @param from as said to the server, empty where nobody is; what the mail itself says stands in its headers
 * @param to one recipient, as said to the server
 * @param text the first plain part; none where there is none, as for {@code html}
 * @param headers decoded; of those that are there several times the first
 */
record Mail(
        @Nullable String messageId,
        String from,
        String to,
        @Nullable String subject,
        @Nullable String text,
        @Nullable String html,
        Instant receivedAt,
        Map<String, String> headers) {

    Mail to(String recipient) {
        return new Mail(messageId, from, recipient, subject, text, html, receivedAt, headers);
    }
}
