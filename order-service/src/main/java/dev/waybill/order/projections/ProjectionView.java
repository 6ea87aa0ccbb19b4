package dev.waybill.order.projections;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A projection as operators see it.
 *
 * @param generation that is read
 * @param events records that the rebuild has read, or the last one if none runs; null where none ever ran
 * @param total records there are for it to read; null until they are counted
 * @param rebuiltAt when the generation that is read took its place; null where it is the first
 * @param failure why the last rebuild failed
 */
record ProjectionView(
        String name,
        long generation,
        Status status,
        @Nullable Long events,
        @Nullable Long total,
        @Nullable Instant rebuiltAt,
        @Nullable String failure) {

    enum Status {
        /** It is read, and takes in what is heard. */
        LIVE,
        /** The same, and its next generation is being made. */
        REBUILDING,
        /** It is read, and takes in what is heard; its last rebuild has come to nothing. */
        FAILED
    }

    static ProjectionView from(Generations.Generation generation, @Nullable Rebuild last) {
        if (last == null) {
            return new ProjectionView(generation.projection(), generation.number(), Status.LIVE, null, null,
                    generation.rebuiltAt(), null);
        }
        Status status = switch (last.status()) {
            case RUNNING -> Status.REBUILDING;
            case COMPLETED -> Status.LIVE;
            case FAILED -> Status.FAILED;
        };
        return new ProjectionView(generation.projection(), generation.number(), status, last.events(), last.total(),
                generation.rebuiltAt(), last.failure());
    }
}
