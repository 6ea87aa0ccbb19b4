package dev.waybill.simulators.books;

/** An idempotency key came again with another body, so one of the two requests is a mistake. */
public final class KeyReused extends RuntimeException {

    KeyReused(Request request) {
        super("The key %s was used before for another request".formatted(request.key()));
    }
}
