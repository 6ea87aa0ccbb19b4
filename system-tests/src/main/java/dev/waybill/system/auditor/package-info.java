/** The independent auditor: it waits until the platform is quiet, collects evidence and judges it. */
@NullMarked
package dev.waybill.system.auditor;

import org.jspecify.annotations.NullMarked;
