/** What the services' APIs promise their callers: each as it was released, or with more than that. */
@NullMarked
package dev.waybill.system.api;

import org.jspecify.annotations.NullMarked;
