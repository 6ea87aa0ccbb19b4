/** What a customer, and who only tries, gets to see. */
@NullMarked
package dev.waybill.system.scenario;

import org.jspecify.annotations.NullMarked;
