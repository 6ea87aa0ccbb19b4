package dev.waybill.order.orders;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;

/** Has the orders counted that wait. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(BacklogSettings.class)
class BacklogSchedule {

    @Bean
    Backlog backlog(PendingOrders orders, BacklogSettings settings, MeterRegistry meters) {
        return new Backlog(orders::countUpTo, settings, meters);
    }

    @Bean
    SchedulingConfigurer backlogCounts(Backlog backlog, BacklogSettings settings) {
        // At a rate, each time in a thread of its own: a cleanup that takes its time must not hold the counting up.
        return tasks -> tasks.addFixedRateTask(backlog::count, settings.look());
    }
}
