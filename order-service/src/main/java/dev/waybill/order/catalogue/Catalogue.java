package dev.waybill.order.catalogue;

import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.Line;
import dev.waybill.events.StockLine;
import dev.waybill.order.catalogue.Pricing.NotForSale;
import dev.waybill.order.catalogue.Pricing.Objection;
import dev.waybill.order.catalogue.Pricing.Priced;
import dev.waybill.order.catalogue.Pricing.Reason;
import dev.waybill.order.catalogue.Pricing.TooMuch;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says what things cost: prices come from here and from nowhere else, all of an order's in one look. */
@Service
public class Catalogue {

    private final Products products;

    Catalogue(Products products) {
        this.products = products;
    }

    public Pricing price(List<StockLine> wishes, Currency currency) {
        Map<String, Product> found = products
                .findBySkuIn(wishes.stream().map(wish -> wish.sku().value()).collect(Collectors.toSet())).stream()
                .collect(Collectors.toMap(product -> product.sku().value(), Function.identity()));
        List<Line> lines = new ArrayList<>();
        List<Objection> objections = new ArrayList<>();
        for (int i = 0; i < wishes.size(); i++) {
            StockLine wish = wishes.get(i);
            @Nullable Product product = found.get(wish.sku().value());
            if (product == null) {
                objections.add(new Objection(i, Reason.UNKNOWN_SKU));
            } else if (!product.isActive()) {
                objections.add(new Objection(i, Reason.NOT_SOLD_ANY_MORE));
            } else if (!product.price().currency().equals(currency)) {
                objections.add(new Objection(i, Reason.PRICED_IN_ANOTHER_CURRENCY));
            } else {
                lines.add(new Line(wish.sku(), wish.quantity(), product.price()));
            }
        }
        return objections.isEmpty() ? total(lines, currency) : new NotForSale(objections);
    }

    private static Pricing total(List<Line> lines, Currency currency) {
        try {
            return new Priced(lines, lines.stream().map(Line::subtotal).reduce(Money.zero(currency), Money::plus));
        } catch (ArithmeticException e) {
            return new TooMuch();
        }
    }
}
