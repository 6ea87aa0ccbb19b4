/**
 * What a request may be before any controller sees it: no larger than agreed, and JSON that says exactly what is
 * asked for.
 */
@NullMarked
package dev.waybill.defaults.requests;

import org.jspecify.annotations.NullMarked;
