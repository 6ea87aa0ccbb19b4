package dev.waybill.order.projections;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * Rebuilds of projections: {@code waybill.order.projections.*}.
 *
 * @param lease after how long without a sign of life another replica begins again
 * @param poll longest pause before a replica sees that there is something to do; one that was asked itself sees it at once
 * @param attempts how often a rebuild begins before it has failed
 * @param pauseAfterFault before it begins again
 * @param leftoversRemain for how long what is not read any more remains, for whoever was about to read it
 */
@Validated
@ConfigurationProperties("waybill.order.projections")
record ProjectionSettings(
        @DefaultValue("30s") Duration lease,
        @DefaultValue("5s") Duration poll,
        @Min(1) @Max(100) @DefaultValue("10") int attempts,
        @DefaultValue("2s") Duration pauseAfterFault,
        @DefaultValue("1m") Duration leftoversRemain) {}
