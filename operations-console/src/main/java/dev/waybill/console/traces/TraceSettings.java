package dev.waybill.console.traces;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * @param memory  what all kept spans may take, by estimate
 * @param slow    a trace that lasted this long is kept longer than others
 * @param maxBody the largest request, once it is unpacked
 */
@Validated
@ConfigurationProperties("waybill.console.traces")
record TraceSettings(@NotNull @DefaultValue("32MB") DataSize memory, @DefaultValue("10s") Duration slow,
        @NotNull @DefaultValue("4MB") DataSize maxBody) {}
