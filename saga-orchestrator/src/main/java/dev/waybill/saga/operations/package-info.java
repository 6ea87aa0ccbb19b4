/** What the people see who look after the sagas. It reads the tables and touches no saga. */
@NullMarked
package dev.waybill.saga.operations;

import org.jspecify.annotations.NullMarked;
