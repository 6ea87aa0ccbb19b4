package dev.waybill.defaults.webhooks;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;

import java.time.Clock;

/** When webhooks that are past their time are deleted: in every replica, now and then. */
@AutoConfiguration(after = JdbcClientAutoConfiguration.class)
@ConditionalOnBean(WebhookTable.class)
@EnableConfigurationProperties(WebhookSettings.class)
@EnableScheduling
class WebhookRetentionAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookRetentionAutoConfiguration.class);

    @Bean
    SchedulingConfigurer deletingOldWebhooks(
            JdbcClient jdbc, WebhookTable table, WebhookSettings settings, Clock clock) {
        var old = new OldWebhooks(jdbc, table);
        Runnable delete = () -> {
            int deleted = old.delete(clock.instant().minus(settings.retention()));
            if (deleted > 0) {
                LOG.info("Deleted {} webhooks that were past their time", deleted);
            }
        };
        return tasks -> tasks.addFixedDelayTask(
                new FixedDelayTask(delete, settings.cleanupInterval(), settings.cleanupInterval()));
    }
}
