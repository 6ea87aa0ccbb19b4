package dev.waybill.simulators.books;

import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Condenses what was asked for into 22 characters: the same for the same meaning, whatever the white space or the order of
 * the fields was. It keeps nothing of what it has read, so an address does not end up in a book.
 */
@Component
public class Fingerprints {

    private static final int BYTES = 16;

    private final JsonMapper json;

    public Fingerprints(JsonMapper json) {
        this.json = json;
    }

    /** The fingerprint of a path's variables and a body, all of it already bound. */
    public String of(Object... parts) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(List.of(parts)));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
