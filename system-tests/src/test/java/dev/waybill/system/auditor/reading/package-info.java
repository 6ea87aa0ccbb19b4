@NullMarked
package dev.waybill.system.auditor.reading;

import org.jspecify.annotations.NullMarked;
