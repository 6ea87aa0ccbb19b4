package dev.waybill.order;

import dev.waybill.testing.RealServers;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The whole service on real servers, with the demo's catalogue; the same one for every test class that asks for it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
                "spring.jpa.properties.hibernate.session_factory.statement_inspector=dev.waybill.order.SentStatements",
                "waybill.order.backlog.look=50ms",
                "waybill.order.streams.at-once=5",
                "waybill.order.streams.look=50ms",
                "waybill.order.streams.heartbeat=300ms",
                "waybill.order.projections.poll=100ms",
                "waybill.order.projections.pause-after-fault=100ms",
                "waybill.order.projections.attempts=2",
                "waybill.order.projections.leftovers-remain=2s"})
@ContextConfiguration(initializers = RealServers.class)
@ActiveProfiles("demo")
public @interface OrderServiceTest {}
