package dev.waybill.testing;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

import java.util.Map;

/**
 * Connects a Spring test to the {@link TestServers}, with a database of its own:
 * {@code @ContextConfiguration(initializers = RealServers.class)}.
 */
public final class RealServers implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String name = context.getEnvironment().getProperty("spring.application.name", "test");
        var database = TestServers.freshDatabase(name);
        // Each context is a service of its own on the shared broker, with groups of its own, and what stands there from others
        // is not what its outbox should know.
        String own = name + "-" + Integer.toHexString(System.identityHashCode(context));
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("real-servers", Map.of(
                "spring.datasource.url", database.url(),
                "spring.datasource.username", "postgres",
                "spring.datasource.password", "postgres",
                "spring.kafka.bootstrap-servers", TestServers.bootstrapServers(),
                "waybill.messaging.source", "/" + own,
                "waybill.messaging.group-prefix", own)));
    }
}
