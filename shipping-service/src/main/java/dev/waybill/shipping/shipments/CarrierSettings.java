package dev.waybill.shipping.shipments;

import dev.waybill.messaging.outside.OutsideHttp;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.net.URI;

/** Where the carrier is, and how long to wait for it. */
@Validated
@ConfigurationProperties("waybill.carrier")
record CarrierSettings(@DefaultValue("http://localhost:8090") URI url, @DefaultValue OutsideHttp.Limits limits) {}
