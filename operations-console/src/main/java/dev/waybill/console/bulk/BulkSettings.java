package dev.waybill.console.bulk;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How frozen selections are worked off.
 *
 * @param rate    items a second, where nobody asks for another rate
 * @param highest rate that can be asked for
 * @param most    items in one selection
 * @param mostRead rows of one list that are read to make a selection
 * @param looksFor how long all services together are asked for one
 * @param lease   after which another console takes over the work of one that is silent; longer than any single act takes
 */
@Validated
@ConfigurationProperties("waybill.console.bulk")
public record BulkSettings(@Min(1) @DefaultValue("10") int rate, @Min(1) @DefaultValue("100") int highest,
        @Min(1) @Max(10_000) @DefaultValue("10000") int most,
        @Min(1) @DefaultValue("20000") int mostRead, @DefaultValue("10s") Duration looksFor,
        @DefaultValue("60s") Duration lease) {}
