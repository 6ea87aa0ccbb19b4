@NullMarked
package dev.waybill.defaults.webhooks;

import org.jspecify.annotations.NullMarked;
