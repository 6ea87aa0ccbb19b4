package dev.waybill.console.services;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.net.URI;
import java.time.Duration;

/**
 * Where the services are, and how long they are waited for.
 *
 * @param readTimeout of a whole answer: whoever looks at a page waits for it
 * @param actTimeout  of the answer to an act that works something off; services take at most 20 seconds for one
 */
@Validated
@ConfigurationProperties("waybill.console.services")
record ServicesSettings(
        @DefaultValue("http://localhost:8081") URI order,
        @DefaultValue("http://localhost:8082") URI inventory,
        @DefaultValue("http://localhost:8083") URI payment,
        @DefaultValue("http://localhost:8084") URI shipping,
        @DefaultValue("http://localhost:8085") URI saga,
        @DefaultValue("http://localhost:8086") URI notification,
        @DefaultValue("500ms") Duration connectTimeout,
        @DefaultValue("2s") Duration readTimeout,
        @DefaultValue("25s") Duration actTimeout) {}
