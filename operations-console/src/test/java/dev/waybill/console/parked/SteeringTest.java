package dev.waybill.console.parked;

import dev.waybill.testing.RealServers;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.ContextConfiguration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The console with a database of its own and {@link StandIns} for the services; nothing in it happens by the clock. */
@SpringBootTest(properties = {
        "waybill.console.consumers.every=1h",
        "waybill.console.bulk.every=1h",
        "waybill.console.flow.every=1h",
        "waybill.console.bulk.most=25",
        "waybill.console.bulk.most-read=300",
        "waybill.console.bulk.looks-for=2s",
        "waybill.console.services.read-timeout=10s"})
@AutoConfigureMockMvc
@ContextConfiguration(initializers = {RealServers.class, StandIns.class})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SteeringTest {}
