package dev.waybill.notification.mails;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;
import java.util.Locale;

/**
 * What mails say of themselves, and for how long what is kept and tried.
 *
 * @param from who writes
 * @param messageIdDomain what stands behind the event's id in a Message-ID; never to be changed while mails are under way
 * @param locale in which amounts of money are written
 * @param notOlderThan what was said longer ago than that when it is first heard of is noted, and no mail sent
 * @param giveUpAfter for so long a mail is tried
 * @param addressKept for so long an address is kept after its order has ended; returns and refunds are told of until then
 * @param forgetEvery pause between two looks for addresses to be forgotten
 */
@Validated
@ConfigurationProperties("waybill.notifications")
record NotificationSettings(
        @DefaultValue("Waybill <orders@waybill.example>") @NotBlank String from,
        @DefaultValue("notifications.waybill.example") @Pattern(regexp = "[A-Za-z0-9.-]{1,200}") String messageIdDomain,
        @DefaultValue("en") Locale locale,
        @DefaultValue("1h") Duration notOlderThan,
        @DefaultValue("24h") Duration giveUpAfter,
        @DefaultValue("30d") Duration addressKept,
        @DefaultValue("1h") Duration forgetEvery) {}
