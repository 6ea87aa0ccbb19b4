package dev.waybill.order.orders;

import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.Line;
import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.order.orders.ReturnOutcome.NotOrdered;
import dev.waybill.order.orders.ReturnOutcome.NotSoMany;
import dev.waybill.order.orders.ReturnOutcome.Objection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pieces of an order that can still come back: what was ordered, less what has come back or is about to. What a refused
 * return would have taken is there again. A SKU costs the same on every line of an order, as all prices come from one look.
 */
record Returnable(Map<Sku, Long> left, Map<Sku, Money> prices) {

    static Returnable of(List<Line> ordered, Collection<OrderReturn> returns) {
        Map<Sku, Long> left = new HashMap<>();
        Map<Sku, Money> prices = new HashMap<>();
        for (Line line : ordered) {
            left.merge(line.sku(), (long) line.quantity().value(), Long::sum);
            prices.put(line.sku(), line.unitPrice());
        }
        for (OrderReturn taken : returns) {
            if (taken.status() != OrderReturn.Status.REFUSED) {
                taken.lines().forEach(line -> left.merge(line.sku(), -(long) line.quantity().value(), Long::sum));
            }
        }
        return new Returnable(left, prices);
    }

    /** What speaks against it; nothing where all of it can come back. */
    List<Objection> objectionsTo(List<StockLine> wished) {
        List<Objection> objections = new ArrayList<>();
        Map<Sku, Long> asked = new HashMap<>();
        for (int i = 0; i < wished.size(); i++) {
            StockLine wish = wished.get(i);
            Optional<Long> ofThese = Optional.ofNullable(left.get(wish.sku()));
            // A line of a message holds no more than a quantity does.
            long possible = Math.min(ofThese.orElse(0L), Quantity.MAX);
            if (ofThese.isEmpty()) {
                objections.add(new NotOrdered(i));
            } else if (asked.merge(wish.sku(), (long) wish.quantity().value(), Long::sum) > possible) {
                objections.add(new NotSoMany(i, possible));
            }
        }
        return objections;
    }

    /** Summed per SKU, in SKU order. */
    static List<StockLine> summed(List<StockLine> wished) {
        Map<Sku, Quantity> sums = new TreeMap<>();
        wished.forEach(line -> sums.merge(line.sku(), line.quantity(), Quantity::plus));
        return sums.entrySet().stream().map(sum -> new StockLine(sum.getKey(), sum.getValue())).toList();
    }

    /** What these pieces cost when they were ordered. */
    Money priceOf(List<StockLine> pieces) {
        return pieces.stream().map(line -> price(line.sku()).times(line.quantity())).reduce(Money::plus)
                .orElseThrow(() -> new IllegalArgumentException("A return has at least one line"));
    }

    private Money price(Sku sku) {
        return Optional.ofNullable(prices.get(sku))
                .orElseThrow(() -> new IllegalArgumentException(sku + " was not ordered"));
    }
}
