package dev.waybill.defaults.webhooks;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How a webhook is signed: {@code v1=} and the HMAC-SHA256, in hex, of {@code <timestamp>.<body>} under the shared secret.
 * The time is signed too, so that what was caught on its way cannot be sent again later.
 */
public final class WebhookSignature {

    /** When it was sent, in seconds since 1970. */
    public static final String TIMESTAMP_HEADER = "Waybill-Timestamp";

    public static final String HEADER = "Waybill-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /**
     * @throws IllegalArgumentException where the secret is empty
     */
    public WebhookSignature(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** The header's value. */
    public String of(long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    /** How long it takes says nothing about how much of it is right. */
    boolean matches(String signature, long timestamp, byte[] body) {
        return MessageDigest.isEqual(
                of(timestamp, body).getBytes(StandardCharsets.UTF_8),
                signature.getBytes(StandardCharsets.UTF_8));
    }
}
