package dev.waybill.defaults.paging;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param cursorKey signs cursors; the same for all replicas of a service. It guards against mistakes and curiosity:
 *     what a caller may see never depends on a cursor, so knowing the key opens nothing
 */
@Validated
@ConfigurationProperties("waybill.paging")
record PagingSettings(@NotBlank @DefaultValue("cursors are not secrets") String cursorKey) {}
