package dev.waybill.defaults.idempotency;

import java.util.regex.Pattern;

/**
 * What a caller calls one request, so as to be able to send it again: 1 to 255 visible ASCII characters, from the
 * header {@value #HEADER}. As a controller's parameter it is filled in; missing, repeated or malformed is answered
 * with 400.
 */
public record IdempotencyKey(String value) {

    public static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("[!-~]([ -~]{0,253}[!-~])?");

    public IdempotencyKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("An idempotency key has 1 to 255 printable ASCII characters");
        }
    }
}
