package dev.waybill.simulators.web;

import org.springframework.http.HttpStatus;

import java.util.regex.Pattern;

/** The {@code Idempotency-Key} header: 1 to 255 visible ASCII characters. */
public final class IdempotencyKeys {

    public static final String HEADER = "Idempotency-Key";

    private static final Pattern VALID = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private IdempotencyKeys() {}

    /** The key itself, if it is one; else a problem with status 400. */
    public static String valid(String key) {
        if (!VALID.matcher(key).matches()) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "IDEMPOTENCY_KEY_INVALID",
                    "An Idempotency-Key has 1 to 255 visible ASCII characters");
        }
        return key;
    }
}
