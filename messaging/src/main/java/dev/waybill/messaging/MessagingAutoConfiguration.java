package dev.waybill.messaging;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;

import javax.sql.DataSource;
import java.time.Clock;

/** What outbox and inbox stand on: settings, a clock, and their tables, which have a history of their own. */
@AutoConfiguration(after = FlywayAutoConfiguration.class)
@EnableConfigurationProperties(MessagingSettings.class)
class MessagingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    MessageSpans messageSpans(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
        return new MessageSpans(tracer.getIfAvailable(), propagator.getIfAvailable());
    }

    @Bean
    FlywayMigrationInitializer messagingSchema(DataSource dataSource) {
        return new FlywayMigrationInitializer(
                Flyway.configure().dataSource(dataSource).locations("classpath:db/messaging")
                        .table("messaging_schema_history").baselineOnMigrate(true).baselineVersion("0").load());
    }
}
