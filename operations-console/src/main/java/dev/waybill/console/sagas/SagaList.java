package dev.waybill.console.sagas;

import dev.waybill.console.services.SagaService.Saga;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Sagas as they are listed.
 *
 * @param counts  how many of them stand where, in the order of the list
 * @param next    what comes after; null at the end, and where all are here
 * @param cut     whether there are more than are read, and those the oldest
 * @param below   how many were read and stand below those that are listed
 * @param troubles why some may be missing
 */
record SagaList(List<Saga> items, List<Standing> counts, @Nullable String next, boolean cut, int below,
        List<String> troubles) {

    record Standing(@Nullable String status, @Nullable String step, long count) {}
}
