package dev.waybill.messaging.inbox;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * When so much is parked that a subscription pauses, and how parked messages are worked off: {@code waybill.messaging.parking.*}.
 *
 * @param window how far back is looked
 * @param tolerated so many messages may be parked within the window, whatever their share
 * @param share beyond that, a subscription pauses when more than this share of what it took on was parked
 * @param replayFor after this time a replay answers, and leaves what still waits to the next one
 */
@Validated
@ConfigurationProperties("waybill.messaging.parking")
record ParkingSettings(
        @DefaultValue("1m") Duration window,
        @Min(1) @DefaultValue("20") int tolerated,
        @DecimalMin("0") @DecimalMax("1") @DefaultValue("0.5") double share,
        @DefaultValue("20s") Duration replayFor) {}
