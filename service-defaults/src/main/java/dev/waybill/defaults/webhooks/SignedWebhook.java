package dev.waybill.defaults.webhooks;

import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;

/**
 * A webhook whose signature was checked. As a controller's parameter it is filled in, and the controller is not called where
 * the signature is missing, wrong or too old: that is a 401. Needs {@code waybill.webhooks.secret}, without which a service
 * that has such a controller does not start.
 *
 * <p>Authentic is not the same as new: the sender sends again what was not answered with 2xx, so whoever takes it has to know
 * its id.
 */
public final class SignedWebhook {

    private final byte[] body;
    private final HttpInputMessage request;
    private final JsonMapper json;

    SignedWebhook(byte[] body, HttpInputMessage request, JsonMapper json) {
        this.body = body;
        this.request = request;
        this.json = json;
    }

    /**
     * The body as a record. Fields that it does not have are passed over, since the sender may be newer than we are; an
     * unknown value of an enumeration becomes its default one, where it has one.
     *
     * @throws HttpMessageNotReadableException answered with 400, where it does not bind or the record refuses it
     */
    public <T> T read(Class<T> type) {
        try {
            return json.readValue(body, type);
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException("The webhook cannot be read", e, request);
        }
    }

    /** The body as it came. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
