/** What tests share: real servers, the architecture rules, and schema checks of what is sent. */
@NullMarked
package dev.waybill.testing;

import org.jspecify.annotations.NullMarked;
