package dev.waybill.console.services;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/** What came of asking a service. A service that is away is an answer too: the page says so and shows the rest. */
public sealed interface Answer<T> {

    /** It was answered or, of an act, taken on. */
    record Answered<T>(T value) implements Answer<T> {}

    /** The service has understood, and says no. */
    record Refused<T>(String service, int status, String title, String detail) implements Answer<T> {

        /** There is no such thing there. */
        public boolean isMissing() {
            return status == 404;
        }

        /** It is not as it was when somebody looked at it. */
        public boolean isStale() {
            return status == 412;
        }

        @Override
        public String words() {
            return detail.isBlank() || detail.equals(title) ? title : title + ": " + detail;
        }
    }

    /**
     * The service has not answered, or has failed, or nobody can read what it says.
     *
     * @param reached whether it may have done what was asked all the same
     */
    record Silent<T>(String service, boolean reached, String why) implements Answer<T> {

        @Override
        public String words() {
            return "%s %s".formatted(service, why);
        }
    }

    /** What was answered; null where nothing was. */
    default @Nullable T found() {
        return switch (this) {
            case Answered<T>(T value) -> value;
            case Refused<T> no -> null;
            case Silent<T> nothing -> null;
        };
    }

    /** Why there is nothing to show, in words for a person; null where it was answered, or where there is no such thing. */
    default @Nullable String trouble() {
        return switch (this) {
            case Answered<T> answered -> null;
            case Refused<T> no -> no.isMissing() ? null : no.service() + ": " + no.words();
            case Silent<T> silent -> silent.words();
        };
    }

    /** As {@link #trouble()}, and that there is no such thing as well: for pages on which that is a trouble. */
    default @Nullable String words() {
        return switch (this) {
            case Answered<T> answered -> null;
            case Refused<T> no -> no.words();
            case Silent<T> silent -> silent.words();
        };
    }

    default <V> Answer<V> map(Function<? super T, ? extends V> change) {
        return switch (this) {
            case Answered<T>(T value) -> new Answered<>(change.apply(value));
            case Refused<T>(String service, int status, String title, String detail) ->
                new Refused<>(service, status, title, detail);
            case Silent<T>(String service, boolean reached, String why) -> new Silent<>(service, reached, why);
        };
    }
}
