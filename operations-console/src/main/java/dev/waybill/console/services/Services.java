package dev.waybill.console.services;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** All services by their names, for what every one of them answers alike. */
@Component
public class Services implements DisposableBean {

    public static final String ORDER = "order-service";
    public static final String INVENTORY = "inventory-service";
    public static final String PAYMENT = "payment-service";
    public static final String SHIPPING = "shipping-service";
    public static final String SAGA = "saga-orchestrator";
    public static final String NOTIFICATION = "notification-service";

    private final HttpClient http;
    private final Map<String, ServiceHttp> byName = new LinkedHashMap<>();
    private final Map<String, ServiceHttp> patient = new LinkedHashMap<>();

    Services(ServicesSettings settings, RestClient.Builder builder) {
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout()).build();
        Map<String, URI> urls = new LinkedHashMap<>();
        urls.put(ORDER, settings.order());
        urls.put(INVENTORY, settings.inventory());
        urls.put(PAYMENT, settings.payment());
        urls.put(SHIPPING, settings.shipping());
        urls.put(SAGA, settings.saga());
        urls.put(NOTIFICATION, settings.notification());
        urls.forEach((name, url) -> {
            byName.put(name, service(name, url, settings.readTimeout(), builder));
            patient.put(name, service(name, url, settings.actTimeout(), builder));
        });
    }

    private ServiceHttp service(String name, URI url, Duration readTimeout, RestClient.Builder builder) {
        var factory = new JdkClientHttpRequestFactory(http);
        factory.setReadTimeout(readTimeout);
        return new ServiceHttp(name, builder.clone().baseUrl(url.toString()).requestFactory(factory).build());
    }

    /** In the order in which an order meets them. */
    public Set<String> names() {
        return byName.keySet();
    }

    /** @throws IllegalArgumentException for a name that is none of {@link #names()} */
    public ServiceHttp of(String name) {
        return named(name, byName);
    }

    /** The same, for acts that take their time: their answers are waited for longer than pages are. */
    public ServiceHttp patient(String name) {
        return named(name, patient);
    }

    private static ServiceHttp named(String name, Map<String, ServiceHttp> services) {
        ServiceHttp service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException("There is no service " + name);
        }
        return service;
    }

    @Override
    public void destroy() {
        http.shutdownNow();
    }
}
