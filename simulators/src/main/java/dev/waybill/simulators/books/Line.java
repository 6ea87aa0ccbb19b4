package dev.waybill.simulators.books;

/**
 * An entry and where it stands.
 *
 * @param offset where its line begins, in bytes from the beginning of the book
 * @param end where the next one begins
 */
public record Line<E>(E entry, long offset, long end) {}
