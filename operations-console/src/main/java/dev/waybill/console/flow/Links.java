package dev.waybill.console.flow;

import org.springframework.web.util.UriUtils;

import java.nio.charset.StandardCharsets;

/** Where reasons are seen. */
final class Links {

    static final String SAGAS = "/sagas";
    static final String ORDERS = "/orders";
    static final String CONSUMERS = "/consumers";

    private Links() {}

    /** On the map itself. */
    static String service(String service) {
        return "#" + service;
    }

    static String group(String group) {
        return CONSUMERS + "#group-" + UriUtils.encodeFragment(group, StandardCharsets.UTF_8);
    }

    static String parked(String service) {
        return "/parked?service=" + query(service);
    }

    static String parked(String service, String subscription) {
        return parked(service) + "&subscription=" + query(subscription);
    }

    /** What a service has asked outside and has no answer to. */
    static String waits(String service) {
        return "/waits?service=" + query(service);
    }

    static String stuck() {
        return SAGAS + "?status=STUCK";
    }

    static String stuckAt(String step) {
        return stuck() + "&step=" + query(step);
    }

    static String at(String step) {
        return SAGAS + "?step=" + query(step);
    }

    static String older(String than) {
        return SAGAS + "?olderThan=" + query(than);
    }

    private static String query(String value) {
        return UriUtils.encode(value, StandardCharsets.UTF_8);
    }
}
