package dev.waybill.order.orders;

import dev.waybill.events.Address;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/** An address as it is stored. */
@Embeddable
record ShipTo(
        @Column(name = "ship_to_name") String name,
        @Column(name = "ship_to_line1") String line1,
        @Column(name = "ship_to_line2") @Nullable String line2,
        @Column(name = "ship_to_city") String city,
        @Column(name = "ship_to_postal_code") String postalCode,
        @Column(name = "ship_to_country") String country) {

    static ShipTo from(Address address) {
        return new ShipTo(
                address.name(),
                address.line1(),
                address.line2(),
                address.city(),
                address.postalCode(),
                address.country());
    }

    Address toAddress() {
        return new Address(name, line1, line2, city, postalCode, country);
    }

    /** Names no person: it is what ends up in logs. */
    @Override
    public String toString() {
        return toAddress().toString();
    }
}
