package dev.waybill.benchmarks.peers;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.modulith.events.RoutingTarget;
import org.springframework.transaction.support.TransactionTemplate;

import java.util.Map;

/**
 * Spring Modulith's registry of event publications over JDBC, with its externalization to Kafka. What stands in the table
 * after an outage is sent again by {@link IncompleteEventPublications}, its own way to do so. The rows are copies of one that
 * it has written itself.
 */
final class Modulith implements Peer {

    private static final String COPY = """
            insert into event_publication (id, listener_id, event_type, serialized_event, publication_date, status,
                                           completion_attempts)
            select gen_random_uuid(), listener_id, event_type, replace(serialized_event, ?, md5(n::text || clock_timestamp()::text)::uuid::text),
                   now() - interval '1 minute', 'FAILED', 1
              from event_publication, generate_series(1, ?) as n where serialized_event like ?""";

    private final ConfigurableApplicationContext context;
    private final JdbcTemplate jdbc;
    private final Sample template = Sample.next();
    private Thread resubmitting = new Thread();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        EventExternalizationConfiguration externalization(Place place) {
            return EventExternalizationConfiguration.externalizing().select(Sample.class::isInstance)
                    .mapping(Sample.class, Sample::payload)
                    .headers(Sample.class, sample -> Map.copyOf(sample.headers()))
                    .route(Sample.class, sample -> RoutingTarget.forTarget(place.topic()).andKey(sample.order()))
                    .build();
        }
    }

    Modulith(Place place) {
        this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
                .initializers(starting -> starting.getBeanFactory().registerSingleton("place", place))
                .properties(Map.of("spring.datasource.url", place.url(), "spring.datasource.username", Place.USER,
                        "spring.datasource.password", Place.PASSWORD, "spring.kafka.bootstrap-servers", place.broker(),
                        "spring.kafka.producer.acks", "all", "spring.modulith.events.kafka.enable-json", "false",
                        "spring.modulith.events.jdbc.schema-initialization.enabled", "true",
                        "spring.main.banner-mode", "off", "spring.modulith.runtime.verification-enabled", "false"))
                .run();
        this.jdbc = context.getBean(JdbcTemplate.class);
        context.getBean(TransactionTemplate.class)
                .executeWithoutResult(_ -> context.publishEvent(template));
    }

    @Override
    public void fill(int rows) {
        jdbc.update(COPY, template.id(), rows, "%" + template.id() + "%");
    }

    @Override
    public void go() {
        resubmitting = Thread.ofPlatform().name("resubmit").start(() -> context
                .getBean(IncompleteEventPublications.class).resubmitIncompletePublications(_ -> true));
    }

    @Override
    public void stop() throws InterruptedException {
        resubmitting.join();
    }
}
