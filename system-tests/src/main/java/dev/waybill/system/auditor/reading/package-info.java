/** Collecting evidence: databases, topics, the outside world's books, the client's log. Nothing here changes anything. */
@NullMarked
package dev.waybill.system.auditor.reading;

import org.jspecify.annotations.NullMarked;
