package dev.waybill.console.who;

import jakarta.servlet.http.HttpServletRequest;

/** Somebody wants to act, and has not said yet who it is. */
class UnnamedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String page;

    /** They come back to the page of that address, which for an act is its confirmation: nothing is done unasked. */
    UnnamedException(HttpServletRequest request) {
        super("It has not been said who acts", null, false, false);
        String query = request.getQueryString();
        this.page = request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    String page() {
        return page;
    }
}
