package dev.waybill.simulators.books;

import org.jspecify.annotations.Nullable;

/** The simplest line that a book can have. */
record Note(@Nullable Request request, String text) implements Entry {}
