/** What people who look after a service send along: who they are, why they do something, and which version they looked at. */
@NullMarked
package dev.waybill.defaults.operators;

import org.jspecify.annotations.NullMarked;
