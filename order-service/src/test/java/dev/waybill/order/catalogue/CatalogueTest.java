package dev.waybill.order.catalogue;

import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.Line;
import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.order.catalogue.Pricing.NotForSale;
import dev.waybill.order.catalogue.Pricing.Objection;
import dev.waybill.order.catalogue.Pricing.Priced;
import dev.waybill.order.catalogue.Pricing.Reason;
import dev.waybill.order.catalogue.Pricing.TooMuch;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.Limit;

import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogueTest {

    private static final Currency EUR = Currency.getInstance("EUR");

    private final ListedProducts products = new ListedProducts(List.of(
            new Product(new Sku("CUP"), "Cup", Money.of(500, "EUR"), true),
            new Product(new Sku("POT"), "Pot", Money.of(2000, "EUR"), true),
            new Product(new Sku("OLD"), "Discontinued", Money.of(1, "EUR"), false),
            new Product(new Sku("YEN"), "Priced in yen", Money.of(500, "JPY"), true),
            new Product(new Sku("DEAR"), "Very dear", Money.of(Long.MAX_VALUE, "EUR"), true)));
    private final Catalogue catalogue = new Catalogue(products);

    @Test
    void everyLineGetsTheCatalogueSPrice() {
        assertThat(catalogue.price(List.of(wish("POT", 2), wish("CUP", 1)), EUR)).isEqualTo(
                new Priced(
                        List.of(
                                new Line(new Sku("POT"), Quantity.of(2), Money.of(2000, "EUR")),
                                new Line(new Sku("CUP"), Quantity.of(1), Money.of(500, "EUR"))),
                        Money.of(4500, "EUR")));
    }

    @Test
    void sameSkuTwiceIsPricedTwice() {
        assertThat(catalogue.price(List.of(wish("CUP", 1), wish("CUP", 3)), EUR))
                .isInstanceOfSatisfying(Priced.class, priced -> {
                    assertThat(priced.lines()).hasSize(2);
                    assertThat(priced.total()).isEqualTo(Money.of(2000, "EUR"));
                });
    }

    @Test
    void everythingThatCannotBeHadIsNamed() {
        assertThat(catalogue.price(List.of(wish("CUP", 1), wish("NONE", 1), wish("OLD", 1), wish("YEN", 1)), EUR))
                .isEqualTo(
                        new NotForSale(
                                List.of(
                                        new Objection(1, Reason.UNKNOWN_SKU),
                                        new Objection(2, Reason.NOT_SOLD_ANY_MORE),
                                        new Objection(3, Reason.PRICED_IN_ANOTHER_CURRENCY))));
    }

    @Test
    void amountThatDoesNotFitIsRefused() {
        assertThat(catalogue.price(List.of(wish("DEAR", 2)), EUR)).isEqualTo(new TooMuch());
        assertThat(catalogue.price(List.of(wish("DEAR", 1), wish("CUP", 1)), EUR)).isEqualTo(new TooMuch());
        assertThat(catalogue.price(List.of(wish("DEAR", 1)), EUR)).isInstanceOf(Priced.class);
    }

    @Test
    void allPricesComeFromOneLook() {
        catalogue.price(List.of(wish("CUP", 1), wish("POT", 1), wish("CUP", 1)), EUR);

        assertThat(products.looks).isOne();
    }

    private static StockLine wish(String sku, int quantity) {
        return new StockLine(new Sku(sku), Quantity.of(quantity));
    }

    private static final class ListedProducts implements Products {

        private final List<Product> all;
        private int looks;

        ListedProducts(List<Product> all) {
            this.all = all;
        }

        @Override
        public List<Product> findBySkuIn(Collection<String> skus) {
            looks++;
            return all.stream().filter(product -> skus.contains(product.sku().value())).toList();
        }

        @Override
        public Optional<Product> findBySku(String sku) {
            return findBySkuIn(List.of(sku)).stream().findFirst();
        }

        @Override
        public List<Product> findBySkuGreaterThanOrderBySku(String sku, Limit limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Product> findForChangeBySku(String sku) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int insert(String sku, String name, long priceMinor, String currency, boolean active) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void flush() {
            throw new UnsupportedOperationException();
        }
    }
}
