package dev.waybill.order.catalogue;

import dev.waybill.defaults.operators.IfMatch;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.defaults.problems.StandardProblems;
import dev.waybill.defaults.validation.PlainText;
import dev.waybill.events.Money;
import dev.waybill.events.Sku;
import dev.waybill.order.catalogue.EditingCatalogue.Changed;
import dev.waybill.order.catalogue.EditingCatalogue.Done;
import dev.waybill.order.catalogue.EditingCatalogue.Edit;
import dev.waybill.order.catalogue.EditingCatalogue.NotThere;
import dev.waybill.order.catalogue.EditingCatalogue.ThereAlready;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/products")
class ProductController {

    private static final ProblemType NO_SUCH_PRODUCT = ProblemType.notFound("product-not-found",
            "There is no such product");
    private static final ProblemType THERE_ALREADY = new ProblemType("product-exists", HttpStatus.PRECONDITION_FAILED,
            "There is such a product already");

    private final Products products;
    private final EditingCatalogue editingCatalogue;

    ProductController(Products products, EditingCatalogue editingCatalogue) {
        this.products = products;
        this.editingCatalogue = editingCatalogue;
    }

    /** What a product is to be, as a whole. */
    record ProductRequest(@NotNull @PlainText String name, @NotNull Money price, @NotNull Boolean active) {}

    @GetMapping
    Page<ProductView> list(PageRequest page) {
        String after = page.after(Sku::new).map(Sku::value).orElse("");
        return page.page(products.findBySkuGreaterThanOrderBySku(after, Limit.of(page.fetchSize())), Product::sku)
                .map(ProductView::from);
    }

    @GetMapping("/{sku}")
    ResponseEntity<ProductView> product(@PathVariable Sku sku) {
        return products.findBySku(sku.value())
                .map(product -> ResponseEntity.ok().eTag(Long.toString(product.version()))
                        .body(ProductView.from(product)))
                .orElseThrow(() -> NO_SUCH_PRODUCT.because("The catalogue has no product " + sku));
    }

    /** {@code If-Match} changes the product that was looked at, {@code If-None-Match: *} makes a new one. */
    @PutMapping("/{sku}")
    ResponseEntity<ProductView> put(
            @PathVariable Sku sku,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @Valid @RequestBody ProductRequest request) {
        if (request.price().amountMinor() == 0) {
            throw StandardProblems.INVALID_REQUEST.because("Nothing is sold for nothing")
                    .at("/price/amountMinor", "A price is more than 0");
        }
        var wanted = new ProductView(sku, request.name(), request.price(), request.active());
        if (ifNoneMatch == null) {
            return answer(sku, HttpStatus.OK, editingCatalogue.change(wanted, IfMatch.version(ifMatch)));
        }
        if (ifMatch != null || !ifNoneMatch.equals("*")) {
            throw StandardProblems.INVALID_REQUEST.because("It cannot be told whether a new product is meant")
                    .atHeader(HttpHeaders.IF_NONE_MATCH, "Either this header is *, or If-Match has a version");
        }
        return answer(sku, HttpStatus.CREATED, editingCatalogue.add(wanted));
    }

    private static ResponseEntity<ProductView> answer(Sku sku, HttpStatus status, Edit edit) {
        return switch (edit) {
            case Done(ProductView product, long version) ->
                ResponseEntity.status(status).eTag(Long.toString(version)).body(product);
            case Changed(long version) -> throw IfMatch.stale(version);
            case ThereAlready() -> throw THERE_ALREADY.because("The catalogue has a product " + sku);
            case NotThere() -> throw NO_SUCH_PRODUCT
                    .because("The catalogue has no product %s. If-None-Match: * makes it".formatted(sku));
        };
    }
}
