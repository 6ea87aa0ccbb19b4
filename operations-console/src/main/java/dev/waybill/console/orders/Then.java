package dev.waybill.console.orders;

import dev.waybill.console.services.Answer;
import dev.waybill.console.services.OrderService.Happened;
import dev.waybill.console.services.OrderService.Order;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * An order as it was at one moment.
 *
 * @param stops    the moments at which something happened to it, in the order of time
 * @param stop     the last of them that was then; -1 before the first
 * @param at       the moment; null where there is none to look at
 * @param order    as its service says that it was; null where it was not asked
 * @param happened until then, as it is told
 */
record Then(List<Instant> stops, int stop, @Nullable Instant at, @Nullable Answer<Order> order,
        List<Happened> happened) {}
