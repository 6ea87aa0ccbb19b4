/**
 * Everything that goes wrong is answered as {@code application/problem+json} (RFC 9457), wherever it goes wrong: in a
 * controller, in the framework around it, or in the server before any of that. Services throw
 * {@link dev.waybill.defaults.problems.Problem}s of their own {@link dev.waybill.defaults.problems.ProblemType}s.
 */
@NullMarked
package dev.waybill.defaults.problems;

import org.jspecify.annotations.NullMarked;
