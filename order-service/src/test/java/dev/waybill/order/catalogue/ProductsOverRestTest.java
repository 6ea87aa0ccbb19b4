package dev.waybill.order.catalogue;

import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@OrderServiceTest
class ProductsOverRestTest {

    @LocalServerPort
    private int port;

    @Test
    void demoSellsWhatItIsSaidToSell() {
        JsonNode product = OrderApi.on(port).get("/products/ESPRESSO-01").json();

        assertThat(product.toString()).isEqualTo("""
                {"sku":"ESPRESSO-01","name":"Espresso machine",\
                "price":{"amountMinor":12999,"currency":"EUR"},"active":true}""");
    }

    @Test
    void productHasItsVersionAsETag() {
        assertThat(OrderApi.on(port).get("/products/ESPRESSO-01").headers().getETag()).isEqualTo("\"0\"");
    }

    @Test
    void catalogueIsWalkedInSkuOrder() {
        List<String> skus = new ArrayList<>();
        String cursor = "";
        while (!cursor.equals("end")) {
            JsonNode page = cursor.isEmpty()
                    ? OrderApi.on(port).get("/products?limit=2").json()
                    : OrderApi.on(port).get("/products?limit=2&cursor={cursor}", cursor).json();
            skus.addAll(page.findValuesAsString("sku"));
            cursor = page.get("next").isNull() ? "end" : page.get("next").asString();
        }

        assertThat(skus).contains("ESPRESSO-01", "GRINDER-02", "KETTLE-03", "FILTER-04", "LIMITED-05").isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void productThatIsNotThere() {
        OrderApi.on(port).get("/products/NOTHING-99").problem(404, "product-not-found");
        OrderApi.on(port).get("/products/not a sku").problem(404, "not-found");
    }
}
