package dev.waybill.system.auditor.evidence;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A message as it stands in an outbox or on a topic, in little room, so that millions of them can be kept: what the rules ask
 * for, and checksums of all headers and of the payload. Two letters are equal only if they read the same.
 *
 * @param id that of a message whose own is no UUID is made from it
 * @param speaker the aggregate that it is about, without the order's id: {@code payment/}
 * @param sequence 0 where there is none
 * @param sagaId of a command; not kept of events
 * @param headers a checksum of all headers, whatever their order
 * @param payload a checksum of the payload
 */
public record Letter(UUID id, String topic, String key, String type, String source, String speaker, long sequence,
        long logicalTime, @Nullable UUID causationId, @Nullable UUID sagaId, int headers, int payload) {

    private static final String COMMANDS = ".commands";

    /** The few words that millions of messages have in common. */
    private static final Map<String, String> POOL = new ConcurrentHashMap<>();

    /** What is missing or illegible is empty here: judging it is left to the rules. */
    public static Letter of(String topic, String key, Map<String, String> headers, byte[] payload) {
        String subject = headers.getOrDefault("ce_subject", "");
        boolean ofTheOrder = !key.isEmpty() && subject.endsWith("/" + key);
        String cause = headers.get("ce_causationid");
        String saga = headers.get("ce_sagaid");
        return new Letter(idOf(headers.getOrDefault("ce_id", "")), pooled(topic), key,
                pooled(headers.getOrDefault("ce_type", "")), pooled(headers.getOrDefault("ce_source", "")),
                ofTheOrder ? pooled(subject.substring(0, subject.length() - key.length())) : subject,
                number(headers.get("ce_sequence")), number(headers.get("ce_logicaltime")),
                cause == null ? null : idOf(cause),
                saga == null || !topic.endsWith(COMMANDS) ? null : idOf(saga), headers.hashCode(), checksum(payload));
    }

    /** The same in fewer objects, where others have its key and its ids already. */
    Letter sharing(String sharedKey, UUID sharedId, @Nullable UUID sharedCause) {
        return new Letter(sharedId, topic, sharedKey, type, source, speaker, sequence, logicalTime, sharedCause,
                sagaId, headers, payload);
    }

    /** Whether it is a command of this saga. */
    public boolean isOf(String saga) {
        return sagaId != null && sagaId.equals(idOf(saga));
    }

    public String subject() {
        return speaker.endsWith("/") ? speaker + key : speaker;
    }

    public boolean isCommand() {
        return topic.endsWith(COMMANDS);
    }

    /** What is said about messages, rather than about an order, answers nothing. */
    public boolean mayBeAnAnswer() {
        return !isCommand() && !type.startsWith("dev.waybill.operations.");
    }

    /** {@code captured}, of {@code dev.waybill.payment.captured.v1}. */
    public String message() {
        int end = type.lastIndexOf('.');
        return end < 0 ? type : type.substring(type.lastIndexOf('.', end - 1) + 1, end);
    }

    private static UUID idOf(String text) {
        if (text.length() == 36) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException _) {
                return UUID.nameUUIDFromBytes(text.getBytes(UTF_8));
            }
        }
        return UUID.nameUUIDFromBytes(text.getBytes(UTF_8));
    }

    private static long number(@Nullable String text) {
        boolean isNumber = text != null && !text.isEmpty() && text.length() < 19
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return text != null && isNumber ? Long.parseLong(text) : 0;
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static String pooled(String text) {
        String known = POOL.get(text);
        return known == null ? Objects.requireNonNullElse(POOL.putIfAbsent(text, text), text) : known;
    }
}
