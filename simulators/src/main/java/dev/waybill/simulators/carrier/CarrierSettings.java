package dev.waybill.simulators.carrier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.net.URI;
import java.time.Duration;

/**
 * @param webhookUrl who is told of every effect; nobody, if null
 * @param publicUrl what a label's address begins with; if null, whatever the caller called us
 * @param autoAdvance how parcels move by themselves; they do not, if null
 */
@Validated
@ConfigurationProperties("waybill.simulators.carrier")
record CarrierSettings(
        @Nullable URI webhookUrl, @Nullable URI publicUrl, @Nullable Advancing autoAdvance) {

    /**
     * @param handedOverAfter from dispatch to hand-over
     * @param deliveredAfter from hand-over to delivery
     */
    record Advancing(@DefaultValue("30s") Duration handedOverAfter, @DefaultValue("30s") Duration deliveredAfter) {}
}
