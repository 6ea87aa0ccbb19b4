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
        return tasks -> tasks.addFixedDelayTask(backlog::count, settings.look());
    }
}
