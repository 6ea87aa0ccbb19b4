package dev.waybill.events;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

/**
 * The released name of a message, as it stands in {@code ce_type}: {@code dev.waybill.<context>.<message>.v<major>}. It
 * never changes and is never used twice; a breaking change is a new type.
 */
@Retention(RUNTIME)
@Target(TYPE)
public @interface MessageType {
    String value();
}
