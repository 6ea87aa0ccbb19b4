/** Keeps the running sagas in the database, hands them what happens, and watches over their deadlines. */
@NullMarked
package dev.waybill.saga.running;

import org.jspecify.annotations.NullMarked;
