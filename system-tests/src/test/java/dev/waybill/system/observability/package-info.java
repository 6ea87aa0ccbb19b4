/** What those who run the platform see of it: metrics, rules, dashboards and runbooks. */
@NullMarked
package dev.waybill.system.observability;

import org.jspecify.annotations.NullMarked;
