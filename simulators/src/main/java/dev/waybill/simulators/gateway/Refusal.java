package dev.waybill.simulators.gateway;

import org.springframework.http.HttpStatus;

/** Why the gateway definitely does not do what it is asked. */
enum Refusal {
    CARD_DECLINED(HttpStatus.PAYMENT_REQUIRED, "The card was declined"),
    INSUFFICIENT_FUNDS(HttpStatus.PAYMENT_REQUIRED, "There is not enough money on the account"),
    NOT_AUTHORIZED(HttpStatus.CONFLICT, "That amount was not authorized"),
    AUTHORIZATION_EXPIRED(HttpStatus.CONFLICT, "The authorization has expired"),
    ALREADY_CAPTURED(HttpStatus.CONFLICT, "The authorization has been captured"),
    CAPTURED_OTHERWISE(HttpStatus.CONFLICT, "The authorization has been captured, and not for that amount"),
    VOIDED(HttpStatus.CONFLICT, "The authorization has been voided"),
    REFUND_EXCEEDS_CAPTURE(HttpStatus.CONFLICT, "No more can be refunded than was captured and not yet refunded");

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
