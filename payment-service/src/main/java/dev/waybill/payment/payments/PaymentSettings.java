package dev.waybill.payment.payments;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param snapshotEvery after so many changes it is stored what they come to, so that those before need not be read again. An
 *     ordinary payment has four and never comes to it
 */
@Validated
@ConfigurationProperties("waybill.payments")
record PaymentSettings(@Min(1) @DefaultValue("20") int snapshotEvery) {}
