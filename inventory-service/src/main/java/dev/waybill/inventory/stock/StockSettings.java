package dev.waybill.inventory.stock;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * @param holdFor how long a reservation is expected to be open. After that it is overdue, which is said and not acted on:
 *     what is held is let go when its order's fulfillment ends, and at no other time
 * @param overdueLook how often it is looked for reservations that have become overdue
 */
@ConfigurationProperties("waybill.inventory")
record StockSettings(@DefaultValue("PT30M") Duration holdFor, @DefaultValue("PT1M") Duration overdueLook) {}
