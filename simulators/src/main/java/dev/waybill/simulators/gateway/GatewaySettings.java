package dev.waybill.simulators.gateway;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.net.URI;
import java.time.Duration;

/**
 * @param webhookUrl who is told of every effect; nobody, if null
 * @param slowCardDelay how long {@code pm_card_slow} is thought about
 * @param silence for how long after {@code pm_card_unknown_outcome} was charged nobody hears of it, whoever asks
 * @param authorizationLifetime how long an authorization can be captured
 */
@Validated
@ConfigurationProperties("waybill.simulators.gateway")
record GatewaySettings(
        @Nullable URI webhookUrl,
        @DefaultValue("3s") Duration slowCardDelay,
        @DefaultValue("4s") Duration silence,
        @DefaultValue("7d") Duration authorizationLifetime) {}
