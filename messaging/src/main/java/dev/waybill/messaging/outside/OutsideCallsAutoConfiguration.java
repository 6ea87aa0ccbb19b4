package dev.waybill.messaging.outside;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.function.SingletonSupplier;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Configures calls to the outside world for a service that has any. */
@AutoConfiguration(afterName = {"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
        "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
        "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration"})
@ConditionalOnBean(OutsideCall.class)
@EnableConfigurationProperties(OutsideCallSettings.class)
class OutsideCallsAutoConfiguration {

    @Bean
    OutsideCallTable outsideCallTable(JdbcTemplate jdbc) {
        return new OutsideCallTable(jdbc);
    }

    @Bean
    OutcomeRecorder outcomeRecorder(
            OutsideCallTable table, PlatformTransactionManager transactionManager, OutsideCallSettings settings,
            MeterRegistry meters) {
        return new OutcomeRecorder(table, new TransactionTemplate(transactionManager), settings, meters);
    }

    /** The kinds are looked up when first needed: what makes a call may itself request another. */
    @Bean
    OutsideCallWorker outsideCallWorker(
            OutsideCallTable table, OutcomeRecorder recorder, ObjectProvider<OutsideCall<?>> calls,
            OutsideCallSettings settings, ObjectProvider<ObservationRegistry> observations) {
        var kinds = SingletonSupplier.<Map<String, OutsideCall<?>>>of(
                () -> calls.stream().collect(Collectors.toMap(OutsideCall::kind, Function.identity())));
        return new OutsideCallWorker(
                table,
                recorder,
                kinds::obtain,
                settings,
                observations.getIfAvailable(() -> ObservationRegistry.NOOP));
    }

    @Bean
    OutsideCalls outsideCalls(OutsideCallTable table, OutsideCallWorker worker, OutsideCallSettings settings) {
        return new RequestedCalls(table, worker, settings);
    }

    @Bean
    OpenCalls openCalls(JdbcTemplate jdbc) {
        return new OpenCalls(jdbc);
    }

    @Bean
    Gauge outsideCallsOpen(OutsideCallTable table, MeterRegistry meters) {
        return Gauge.builder("outside.calls.open", table, OutsideCallTable::countOpen)
                .description("Calls to the outside world that were requested and whose outcome is not recorded yet")
                .register(meters);
    }

    @Bean
    Gauge oldestOutsideCall(OutsideCallTable table, MeterRegistry meters) {
        return Gauge.builder("outside_calls_oldest_open_age_seconds", table, OutsideCallTable::oldestOpenSeconds)
                .description("For how long the oldest of them is there").register(meters);
    }
}
