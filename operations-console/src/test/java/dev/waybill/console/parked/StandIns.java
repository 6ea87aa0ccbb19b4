package dev.waybill.console.parked;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

/** Services that say what a test has them say, over real HTTP: payment-service, which can go away and come back, and all others in one. */
public final class StandIns implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    public static final String PARKED = "/operations/parked-messages";

    private static final WireMockServer OTHERS = started();
    private static final AtomicReference<WireMockServer> PAYMENT = new AtomicReference<>(started());
    private static final int PORT = PAYMENT.get().port();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String others = "http://localhost:" + OTHERS.port();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("stand-ins", Map.of(
                "waybill.console.services.order", others + "/order",
                "waybill.console.services.inventory", others + "/inventory",
                "waybill.console.services.payment", "http://localhost:" + PORT,
                "waybill.console.services.shipping", others + "/shipping",
                "waybill.console.services.saga", others + "/saga",
                "waybill.console.services.notification", others + "/notification")));
    }

    /** The others, each under a path of its own. */
    public static WireMockServer others() {
        return OTHERS;
    }

    public static WireMockServer payment() {
        return PAYMENT.get();
    }

    /** Everything is up, and nothing is parked anywhere. */
    public static void reset() {
        paymentComes();
        for (WireMockServer server : List.of(payment(), OTHERS)) {
            server.resetAll();
            server.stubFor(any(anyUrl()).atPriority(100).willReturn(okJson("{\"items\": [], \"next\": null}")));
        }
    }

    public static void paymentGoes() {
        payment().stop();
    }

    /** As it was before it went. */
    public static void paymentComes() {
        if (!payment().isRunning()) {
            var again = new WireMockServer(wireMockConfig().port(PORT));
            again.start();
            payment().getStubMappings().forEach(again::addStubMapping);
            PAYMENT.set(again);
        }
    }

    public static void paymentSays(MappingBuilder what) {
        payment().stubFor(what);
    }

    private static WireMockServer started() {
        var server = new WireMockServer(wireMockConfig().dynamicPort());
        server.start();
        return server;
    }
}
