package dev.waybill.messaging.retention;

import dev.waybill.messaging.MessagingSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Clock;

/** Looks after the partitions of outbox and inbox. */
@AutoConfiguration(afterName = {
        "dev.waybill.messaging.MessagingAutoConfiguration",
        "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration"})
class RetentionAutoConfiguration {

    @Bean
    Partitions messagingPartitions(JdbcTemplate jdbc) {
        return new Partitions(jdbc);
    }

    @Bean
    PartitionMaintenance partitionMaintenance(MessagingSettings settings, Partitions partitions, Clock clock) {
        return new PartitionMaintenance(settings.retention(), partitions, clock);
    }

    @Bean
    MeterBinder partitionMetrics(Partitions partitions) {
        return registry -> {
            Gauge.builder("inbox_partitions_ahead", partitions, Partitions::aheadOfInbox)
                    .description("Weeks to come for which the inbox has partitions").register(registry);
            Gauge.builder("outbox_partitions_ahead", partitions, Partitions::aheadOfOutbox)
                    .description("Partitions of the outbox that no id has reached").register(registry);
        };
    }
}
