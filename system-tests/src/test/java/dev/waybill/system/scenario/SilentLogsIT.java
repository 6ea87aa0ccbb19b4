package dev.waybill.system.scenario;

import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * After all that other tests have done to the platform (bad requests, poison, killed services, a misbehaving outside), its logs name no customer,
 * no payment method and no secret. So it comes after them.
 */
@PlatformTest
@Order(Integer.MAX_VALUE - 1)
class SilentLogsIT {

    private final Waybill waybill;

    SilentLogsIT(Waybill waybill) {
        this.waybill = waybill;
    }

    @Test
    void noLineOfAnyProcessNamesACustomerAPaymentMethodOrASecret() {
        assertThat(waybill.platform().logs()).containsKeys("order-service", "inventory-service", "payment-service",
                "shipping-service", "saga-orchestrator", "notification-service", "operations-console", "simulators",
                "postgres", "kafka", "platform");
        assertThat(waybill.platform().logs().values()).allSatisfy(log -> assertThat(log).isNotEmptyFile());
        assertThat(waybill.platform().secrets()).isNotEmpty();
        assertThat(CustomersInLogs.found(waybill.platform())).isEmpty();
    }
}
