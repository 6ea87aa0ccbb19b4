package dev.waybill.payment.payments;

import dev.waybill.messaging.outside.OutsideHttp;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.net.URI;

/** Where the gateway is, and how long to wait for it. */
@Validated
@ConfigurationProperties("waybill.gateway")
record GatewaySettings(@DefaultValue("http://localhost:8090") URI url, @DefaultValue OutsideHttp.Limits limits) {}
