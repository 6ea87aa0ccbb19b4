package dev.waybill.console.flow;

import java.util.Map;

/** One line of a service's metrics. */
record Sample(String name, Map<String, String> labels, double value) {

    /** Empty for one that it has not got; to Prometheus that is the same. */
    String label(String label) {
        return labels.getOrDefault(label, "");
    }
}
