package dev.waybill.simulators.carrier;

import org.springframework.http.HttpStatus;

/** Why the carrier definitely does not do what it is asked. */
enum Refusal {
    ADDRESS_NOT_SERVED(HttpStatus.UNPROCESSABLE_CONTENT, "We do not deliver to that address"),
    CANCELLED(HttpStatus.CONFLICT, "The shipment has been cancelled"),
    NOT_DISPATCHED(HttpStatus.CONFLICT, "The shipment has not been dispatched, so no driver can have it"),
    ALREADY_HANDED_OVER(HttpStatus.CONFLICT, "The parcel has left and cannot be called back");

    private final HttpStatus status;
    private final String sentence;

    Refusal(HttpStatus status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    HttpStatus status() {
        return status;
    }

    String sentence() {
        return sentence;
    }
}
