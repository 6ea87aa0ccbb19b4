package dev.waybill.order.catalogue;

import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.events.Sku;
import org.springframework.data.domain.Limit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/products")
class ProductController {

    private static final ProblemType NO_SUCH_PRODUCT = ProblemType.notFound("product-not-found",
            "There is no such product");

    private final Products products;

    ProductController(Products products) {
        this.products = products;
    }

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
}
