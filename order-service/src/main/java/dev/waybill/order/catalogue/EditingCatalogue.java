package dev.waybill.order.catalogue;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.util.Optional;

/** Changes what is sold. Of several who looked at the same version one is taken; the others are told what they missed. */
@Service
@Transactional
class EditingCatalogue {

    private final Products products;

    EditingCatalogue(Products products) {
        this.products = products;
    }

    sealed interface Edit {}

    record Done(ProductView product, long version) implements Edit {}

    /** Somebody was faster; it is at this version now. */
    record Changed(long version) implements Edit {}

    record ThereAlready() implements Edit {}

    record NotThere() implements Edit {}

    Edit add(ProductView wanted) {
        int added = products.insert(wanted.sku().value(), wanted.name(), wanted.price().amountMinor(),
                wanted.price().currency().getCurrencyCode(), wanted.active());
        return added == 1 ? new Done(wanted, 0) : new ThereAlready();
    }

    /** @param version of the product as it was looked at */
    Edit change(ProductView wanted, long version) {
        Optional<Product> found = products.findForChangeBySku(wanted.sku().value());
        if (found.isEmpty()) {
            return new NotThere();
        }
        Product product = found.get();
        if (product.version() != version) {
            return new Changed(product.version());
        }
        product.become(wanted.name(), wanted.price(), wanted.active());
        products.flush();
        return new Done(wanted, product.version());
    }
}
