/**
 * Runs sagas, as a pure function: an instance and something that happened give the next instance, the commands to send and
 * what to note in the journal. It knows no database, no broker, no framework and no clock.
 */
@NullMarked
package dev.waybill.saga.engine;

import org.jspecify.annotations.NullMarked;
