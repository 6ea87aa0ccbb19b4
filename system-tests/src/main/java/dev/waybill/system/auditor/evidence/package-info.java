/** What the auditor has read, apart from what it thinks of it. */
@NullMarked
package dev.waybill.system.auditor.evidence;

import org.jspecify.annotations.NullMarked;
