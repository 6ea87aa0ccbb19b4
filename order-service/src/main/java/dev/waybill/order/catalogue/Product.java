package dev.waybill.order.catalogue;

import dev.waybill.events.Money;
import dev.waybill.events.Sku;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Something that can be ordered while it is active. Its price holds for orders that are placed from now on. */
@Entity
@Table(name = "product")
class Product {

    @Id
    private String sku;

    private String name;

    @Column(name = "price_minor")
    private long priceMinor;

    private String currency;

    private boolean active;

    @Version
    private @Nullable Long version;

    @SuppressWarnings("NullAway.Init") // Hibernate fills it
    protected Product() {}

    Product(Sku sku, String name, Money price, boolean active) {
        this.sku = sku.value();
        this.name = name;
        this.priceMinor = price.amountMinor();
        this.currency = price.currency().getCurrencyCode();
        this.active = active;
    }

    /** From now on; what was ordered before keeps its price. */
    void become(String newName, Money newPrice, boolean nowActive) {
        name = newName;
        priceMinor = newPrice.amountMinor();
        currency = newPrice.currency().getCurrencyCode();
        active = nowActive;
    }

    Sku sku() {
        return new Sku(sku);
    }

    String name() {
        return name;
    }

    Money price() {
        return Money.of(priceMinor, currency);
    }

    boolean isActive() {
        return active;
    }

    long version() {
        return version == null ? 0 : version;
    }
}
