package dev.waybill.defaults.requests;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * @param maxBodySize the largest body that is read, whatever its length header says
 */
@Validated
@ConfigurationProperties("waybill.http")
record HttpSettings(@NotNull @DefaultValue("64KB") DataSize maxBodySize) {}
