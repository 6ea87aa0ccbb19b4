package dev.waybill.messaging.operations;

import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A payload as it can be shown in JSON, whatever bytes it is made of.
 *
 * @param text nothing where there is no payload
 */
record PayloadText(@Nullable String text, Encoding encoding, boolean truncated) {

    /** How bytes became text. */
    enum Encoding {
        UTF_8, BASE64
    }

    static PayloadText whole(@Nullable Bytes payload) {
        return of(payload, Integer.MAX_VALUE);
    }

    static PayloadText of(@Nullable Bytes payload, int longest) {
        if (payload == null) {
            return new PayloadText(null, Encoding.UTF_8, false);
        }
        byte[] bytes = payload.get();
        if (bytes.length > longest) {
            // A character may be cut in two there; it is shown as what stands for one.
            return new PayloadText(new String(Arrays.copyOf(bytes, longest), StandardCharsets.UTF_8), Encoding.UTF_8,
                    true);
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new PayloadText(text, Encoding.UTF_8, false);
        } catch (CharacterCodingException _) {
            return new PayloadText(Base64.getEncoder().encodeToString(bytes), Encoding.BASE64, false);
        }
    }
}
