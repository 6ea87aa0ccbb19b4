package dev.waybill.messaging.operations;

import dev.waybill.messaging.TestApplication;
import dev.waybill.testing.RealServers;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The same service, on a real Tomcat, PostgreSQL and Kafka, for every test class that asks for it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = TestApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = RealServers.class)
@Import({OrderService.class, Operations.class})
@interface OperationsTest {}
