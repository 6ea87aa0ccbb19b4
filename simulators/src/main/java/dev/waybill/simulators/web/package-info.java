/** What the simulators' web edges share: problem details for every error, and the idempotency key. */
@NullMarked
package dev.waybill.simulators.web;

import org.jspecify.annotations.NullMarked;
