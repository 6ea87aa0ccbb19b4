/** The services, as the console asks them over HTTP. What they send is read as far as it is known here, and the rest is let be. */
@NullMarked
package dev.waybill.console.services;

import org.jspecify.annotations.NullMarked;
