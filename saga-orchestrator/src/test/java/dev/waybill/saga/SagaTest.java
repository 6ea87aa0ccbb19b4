package dev.waybill.saga;

import dev.waybill.testing.RealServers;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The whole service on real servers, with a clock that can be put forward and deadlines that are looked at when told. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(properties = {
        "waybill.saga.sweep-every=1h",
        "spring.jpa.properties.hibernate.generate_statistics=true"})
@ContextConfiguration(initializers = RealServers.class)
@AutoConfigureMockMvc
@Import(SagaTest.Time.class)
public @interface SagaTest {

    /** In the place of the system's clock. */
    @Configuration(proxyBeanMethods = false)
    class Time {
        @Bean
        MovableClock clock() {
            return new MovableClock();
        }
    }
}
