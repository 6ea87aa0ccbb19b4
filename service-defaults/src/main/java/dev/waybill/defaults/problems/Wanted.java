package dev.waybill.defaults.problems;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.UUID;
import java.util.stream.Collectors;

/** Says to a caller what was wanted instead of what was sent, without a word about our classes. */
final class Wanted {

    private static final String OUR_CODE = "dev.waybill.";

    private Wanted() {}

    /** The reason that one of our validating records gave, if it was one that refused. */
    static @Nullable String reasonOf(@Nullable Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            // Only what our own code wrote is known to be fit for a caller's eyes.
            if (cause instanceof IllegalArgumentException && cause.getMessage() != null
                    && cause.getStackTrace().length > 0
                    && cause.getStackTrace()[0].getClassName().startsWith(OUR_CODE)) {
                return cause.getMessage();
            }
        }
        return null;
    }

    static String instead(@Nullable Class<?> type) {
        if (type == null) {
            return "This value is not valid here";
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false is wanted here";
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "A whole number is wanted here, and not too large a one";
        } else if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "A number is wanted here";
        } else if (CharSequence.class.isAssignableFrom(type)) {
            return "A text is wanted here";
        } else if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).map(constant -> ((Enum<?>) constant).name())
                    .collect(Collectors.joining(", ", "One of these is wanted here: ", ""));
        } else if (type == UUID.class) {
            return "A UUID is wanted here";
        } else if (type == Currency.class) {
            return "A currency code of ISO 4217 is wanted here, like EUR";
        } else if (Temporal.class.isAssignableFrom(type)) {
            return "A date and time of ISO 8601 is wanted here, like 2026-11-21T14:00:00Z";
        } else if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "A list is wanted here";
        }
        Class<?> inside = valueInside(type);
        return inside == null ? "An object is wanted here" : instead(inside);
    }

    /** A record that stands in JSON as the one value it holds. */
    private static @Nullable Class<?> valueInside(Class<?> type) {
        if (!type.isRecord() || type.getRecordComponents().length != 1) {
            return null;
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            JsonCreator creator = constructor.getAnnotation(JsonCreator.class);
            if (creator != null && creator.mode() == JsonCreator.Mode.DELEGATING) {
                return type.getRecordComponents()[0].getType();
            }
        }
        return null;
    }
}
