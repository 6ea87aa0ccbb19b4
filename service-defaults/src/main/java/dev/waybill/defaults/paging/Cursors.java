package dev.waybill.defaults.paging;

import dev.waybill.defaults.problems.Problem;
import dev.waybill.defaults.problems.ProblemType;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * Positions in lists, made opaque and signed. A cursor is good for the list and the filters for which it was given,
 * and for no other; one that was altered is refused with 400.
 */
final class Cursors {

    private static final ProblemType CURSOR = ProblemType.badRequest("cursor", "The cursor is not valid");
    private static final int SIGNATURE_BYTES = 12;

    private final SecretKeySpec key;

    Cursors(String key) {
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /**
     * @param list names the list with its filters
     */
    String encode(String list, String position) {
        byte[] payload = position.getBytes(StandardCharsets.UTF_8);
        byte[] signature = sign(list, payload);
        byte[] cursor = ByteBuffer.allocate(SIGNATURE_BYTES + payload.length).put(signature).put(payload).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    /** The position, or a problem: never anything that was not encoded here for the same list. */
    String decode(String list, String cursor) {
        byte[] bytes = bytesOf(cursor);
        if (bytes.length <= SIGNATURE_BYTES) {
            throw refused();
        }
        byte[] payload = Arrays.copyOfRange(bytes, SIGNATURE_BYTES, bytes.length);
        if (!MessageDigest.isEqual(sign(list, payload), Arrays.copyOf(bytes, SIGNATURE_BYTES))
                // Two texts can decode to the same bytes, in the last character's unused bits.
                || !Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(cursor)) {
            throw refused();
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
        } catch (CharacterCodingException e) {
            throw refused();
        }
    }

    static Problem refused() {
        return CURSOR.because("A cursor is the `next` of a page of the same list with the same filters")
                .atParameter("cursor", "This cursor was not given for this list");
    }

    private static byte[] bytesOf(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw refused();
        }
    }

    private byte[] sign(String list, byte[] payload) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            mac.update(list.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Arrays.copyOf(mac.doFinal(payload), SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
