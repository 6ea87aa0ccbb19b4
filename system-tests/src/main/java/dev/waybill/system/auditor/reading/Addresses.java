package dev.waybill.system.auditor.reading;

import java.net.URI;

/**
 * Where a local platform listens: the usual ports, all moved by one number.
 *
 * @param portOffset 0 for the demo
 */
public record Addresses(int portOffset) {

    /** The services and their usual ports. */
    public enum Service {
        ORDER("order-service", 8081), INVENTORY("inventory-service", 8082), PAYMENT("payment-service", 8083),
        SHIPPING("shipping-service", 8084), SAGA("saga-orchestrator", 8085), NOTIFICATION("notification-service", 8086);

        private final String process;
        private final int usualPort;

        Service(String process, int usualPort) {
            this.process = process;
            this.usualPort = usualPort;
        }

        /** The name that its process goes by. */
        public String process() {
            return process;
        }
    }

    public URI of(Service service) {
        return http(service.usualPort);
    }

    public URI console() {
        return http(8080);
    }

    public URI simulators() {
        return http(8090);
    }

    public String database(String name) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(15432 + portOffset, name);
    }

    public String kafka() {
        return "127.0.0.1:" + (19092 + portOffset);
    }

    private URI http(int usualPort) {
        return URI.create("http://127.0.0.1:" + (usualPort + portOffset));
    }
}
