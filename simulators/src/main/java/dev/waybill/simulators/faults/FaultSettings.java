package dev.waybill.simulators.faults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * @param seed decides which requests a fault with a rate below 1 strikes; each fault that is put begins it anew
 * @param slow how long {@code SLOW} waits where nothing else is said
 * @param hang how long a request that is never answered hangs where nothing else is said; longer than clients wait
 */
@Validated
@ConfigurationProperties("waybill.simulators.faults")
record FaultSettings(
        @DefaultValue("20261121") long seed, @DefaultValue("3s") Duration slow, @DefaultValue("15s") Duration hang) {}
