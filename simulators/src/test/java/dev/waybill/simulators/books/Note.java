package dev.waybill.simulators.books;

import org.jspecify.annotations.Nullable;

/** The simplest line that a book can have: it is about its own text, and belongs to the order of its first word. */
record Note(@Nullable Request request, String text) implements Entry {

    @Override
    public String subject() {
        return text;
    }

    @Override
    public String orderId() {
        return text.split(" ", 2)[0];
    }
}
