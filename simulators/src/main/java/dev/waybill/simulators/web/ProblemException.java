package dev.waybill.simulators.web;

import org.springframework.http.HttpStatus;

/** A request that ends with a problem detail: where nothing is wrong with us, so there is no stack to look at. */
public final class ProblemException extends RuntimeException {

    private final HttpStatus status;
    private final String code;

    /**
     * @param code stable, in capitals; programs tell problems apart by it
     * @param detail a sentence for people
     */
    public ProblemException(HttpStatus status, String code, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
    }

    public HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
