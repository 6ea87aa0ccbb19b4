/**
 * A mailbox for everybody: takes every mail that comes over SMTP, whoever it is for, keeps it in a book and shows it.
 *
 * <pre>
 * SMTP, port 1025     EHLO, MAIL, RCPT, DATA; without log-in and without TLS
 * GET /mailbox?to=    200 {items: [{messageId, from, to, subject, text, html, receivedAt, headers}]}, the oldest first;
 *                     without {@code to} everybody's
 * </pre>
 *
 * A mail is answered with 250 when it is on disk. A mail to several recipients is there once for each of them. One that comes
 * again is there again: the {@code messageId} tells that they are the same. {@code text} and {@code html} are null where a
 * mail has no such part.
 */
@NullMarked
package dev.waybill.simulators.mailbox;

import org.jspecify.annotations.NullMarked;
