/** What the people see who look after the sagas, and can do about them. It reads the tables; what is wanted of a saga it hands on. */
@NullMarked
package dev.waybill.saga.operations;

import org.jspecify.annotations.NullMarked;
