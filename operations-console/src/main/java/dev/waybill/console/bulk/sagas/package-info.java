/** What can be done to many sagas at once. Their page sends its filter to {@code POST /sagas/selection}; the rest is the selection's own page. */
@NullMarked
package dev.waybill.console.bulk.sagas;

import org.jspecify.annotations.NullMarked;
