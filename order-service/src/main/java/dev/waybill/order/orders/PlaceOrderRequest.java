package dev.waybill.order.orders;

import dev.waybill.defaults.validation.PlainText;
import dev.waybill.events.Address;
import dev.waybill.events.CustomerId;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.order.orders.PlacingOrders.Wish;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import java.util.Currency;
import java.util.List;

/** The body of {@code POST /orders}. Its values validate themselves; the constraints say what has to be there. */
record PlaceOrderRequest(
        @NotNull CustomerId customerId,
        @NotEmpty @Size(max = MAX_LINES,
                message = "No more than {max} lines are taken") List<@NotNull @Valid LineRequest> lines,
        @NotNull PaymentMethod paymentMethod,
        @NotNull Currency currency,
        @NotNull @Valid AddressRequest shippingAddress,
        @Email @PlainText(max = 254) @Nullable String contactEmail) {

    static final int MAX_LINES = 100;

    record LineRequest(@NotNull Sku sku, @NotNull Quantity quantity) {}

    record AddressRequest(
            @NotNull @PlainText(max = 200) String name,
            @NotNull @PlainText(max = 200) String line1,
            @PlainText(max = 200) @Nullable String line2,
            @NotNull @PlainText(max = 100) String city,
            @NotNull @PlainText(max = 20) String postalCode,
            @NotNull @Pattern(
                    regexp = "[A-Z]{2}",
                    message = "Two upper-case letters are wanted here, like DE") String country) {}

    Wish toWish() {
        return new Wish(
                customerId,
                lines.stream().map(line -> new StockLine(line.sku(), line.quantity())).toList(),
                currency,
                paymentMethod,
                new Address(
                        shippingAddress.name(),
                        shippingAddress.line1(),
                        shippingAddress.line2(),
                        shippingAddress.city(),
                        shippingAddress.postalCode(),
                        shippingAddress.country()),
                contactEmail);
    }
}
