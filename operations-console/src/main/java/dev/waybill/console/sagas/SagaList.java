package dev.waybill.console.sagas;

import dev.waybill.console.services.SagaService.Saga;
import dev.waybill.console.services.SagaService.Standing;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Sagas as they are listed.
 *
 * @param counts   how many stand where, of all that are like that; empty where that is not known
 * @param next     what comes after; null at the end, and where several states are listed together
 * @param below    how many more there are than are listed; 0 where that is not known
 * @param cut      whether there are more than are listed
 * @param troubles why some may be missing
 */
record SagaList(List<Saga> items, List<Standing> counts, @Nullable String next, long below, boolean cut,
        List<String> troubles) {}
