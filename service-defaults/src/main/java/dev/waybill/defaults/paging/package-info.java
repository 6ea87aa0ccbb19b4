/**
 * Lists in pages that are walked by opaque cursors: no totals, no offsets, and nothing is seen twice or missed when
 * rows are added meanwhile. A controller takes a {@link dev.waybill.defaults.paging.PageRequest} and answers a {@link
 * dev.waybill.defaults.paging.Page}.
 */
@NullMarked
package dev.waybill.defaults.paging;

import org.jspecify.annotations.NullMarked;
