/** Tests of the auditor without a platform. */
@NullMarked
package dev.waybill.system.auditor;

import org.jspecify.annotations.NullMarked;
