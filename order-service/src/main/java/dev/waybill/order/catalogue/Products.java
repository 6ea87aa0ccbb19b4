package dev.waybill.order.catalogue;

import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

interface Products extends Repository<Product, String> {

    Product save(Product product);

    Optional<Product> findBySku(String sku);

    List<Product> findBySkuIn(Collection<String> skus);

    List<Product> findBySkuGreaterThanOrderBySku(String sku, Limit limit);
}
