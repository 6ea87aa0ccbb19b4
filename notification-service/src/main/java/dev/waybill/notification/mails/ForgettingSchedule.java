package dev.waybill.notification.mails;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;

/** When addresses are looked for that are to be forgotten; in every replica, as they pass over what another has locked. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ForgettingSchedule {

    @Bean
    SchedulingConfigurer forgettingAddressesSchedule(ForgettingAddresses forgetting, NotificationSettings settings) {
        Runnable forget = () -> {
            boolean more;
            do {
                more = forgetting.forgetSome();
            } while (more);
        };
        return tasks -> tasks.addFixedDelayTask(
                new FixedDelayTask(forget, settings.forgetEvery(), settings.forgetEvery()));
    }
}
