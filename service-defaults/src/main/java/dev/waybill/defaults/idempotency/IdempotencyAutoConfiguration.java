package dev.waybill.defaults.idempotency;

import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

import javax.sql.DataSource;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/**
 * After Flyway's own, so that the service's migrations are still run by Boot; the table here has a history of its
 * own.
 */
@AutoConfiguration(
        after = {FlywayAutoConfiguration.class, JdbcClientAutoConfiguration.class},
        afterName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
@ConditionalOnBooleanProperty("waybill.idempotency.enabled")
@EnableConfigurationProperties(IdempotencySettings.class)
@EnableScheduling
class IdempotencyAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(IdempotencyAutoConfiguration.class);
    private static final int CLEANUP_BATCH = 500;

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(IdempotencyKey.class);
    }

    @Bean
    FlywayMigrationInitializer idempotencyMigration(DataSource dataSource) {
        return new FlywayMigrationInitializer(
                Flyway.configure().dataSource(dataSource).locations("classpath:db/idempotency")
                        .table("idempotency_schema_history").baselineOnMigrate(true).baselineVersion("0").load());
    }

    @Bean
    @DependsOnDatabaseInitialization
    FirstAnswers firstAnswers(JdbcClient jdbc) {
        return new FirstAnswers(jdbc);
    }

    @Bean
    IdempotentRequests idempotentRequests(
            FirstAnswers answers, PlatformTransactionManager transactions, IdempotencySettings settings,
            JsonMapper json) {
        return new IdempotentRequests(answers, new TransactionTemplate(transactions), settings, json);
    }

    @Bean
    WebMvcConfigurer idempotencyKeys() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new IdempotencyKeyResolver());
            }
        };
    }

    @Bean
    SchedulingConfigurer idempotencyCleanup(FirstAnswers answers, IdempotencySettings settings, Clock clock) {
        Runnable cleanup = () -> {
            int deleted;
            do {
                deleted = answers.deleteOlderThan(clock.instant().minus(settings.retention()), CLEANUP_BATCH);
                log.debug("Deleted {} old first answers", deleted);
            } while (deleted == CLEANUP_BATCH);
        };
        return registrar -> registrar.addFixedDelayTask(
                new FixedDelayTask(cleanup, settings.cleanupInterval(), settings.cleanupInterval()));
    }

    @Bean
    GlobalOperationCustomizer idempotencyKeysInOpenApi() {
        return (operation, method) -> {
            boolean takesKey = Arrays.stream(method.getMethodParameters())
                    .anyMatch(parameter -> parameter.getParameterType() == IdempotencyKey.class);
            return takesKey
                    ? operation.addParametersItem(new HeaderParameter().name(IdempotencyKey.HEADER).required(true)
                            .schema(new StringSchema().minLength(1).maxLength(255)))
                    : operation;
        };
    }
}
