/** What people who run the platform see and steer. It knows the services by their HTTP interfaces and the broker by its own. */
@NullMarked
package dev.waybill.console;

import org.jspecify.annotations.NullMarked;
