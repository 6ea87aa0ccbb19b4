package dev.waybill.simulators.mailbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.net.InetAddress;

/**
 * @param port where it listens; 0 takes one that is free
 * @param address where it listens; everywhere, if null
 * @param largestMail in bytes, with its headers
 */
@Validated
@ConfigurationProperties("waybill.simulators.mailbox")
record MailboxSettings(
        @DefaultValue("1025") @Min(0) @Max(65_535) int port,
        @Nullable InetAddress address,
        @DefaultValue("1048576") @Min(1) int largestMail) {}
