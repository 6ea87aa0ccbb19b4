package dev.waybill.benchmarks.peers;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A message as long as ours, with headers as ours.
 *
 * @param id of the message
 * @param order it is about, and its key
 */
record Sample(String id, String order, String said) {

    static Sample next() {
        return new Sample(UUID.randomUUID().toString(), UUID.randomUUID().toString(), Instant.now().toString());
    }

    String payload() {
        return "{\"orderId\":\"" + order + "\",\"amount\":{\"amountMinor\":1380,\"currency\":\"EUR\"},"
                + "\"gatewayReference\":\"pay_5f5fdd70c30e46da917f4b2b7b9147dc\"}";
    }

    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_source", "/payment-service");
        headers.put("ce_type", "dev.waybill.payment.authorized.v1");
        headers.put("ce_subject", "payment/" + order);
        headers.put("ce_time", said);
        headers.put("ce_dataschema", "contracts/payment/authorized/v1.schema.json");
        headers.put("content-type", "application/json");
        headers.put("ce_partitionkey", order);
        headers.put("ce_sequence", "1");
        headers.put("ce_logicaltime", "5");
        headers.put("ce_correlationid", order);
        headers.put("ce_causationid", id);
        headers.put("ce_sagaid", id);
        headers.put("traceparent", "00-8a5dfa13e79895a826777a44bd2c47ad-fdcbb22c4efbc62e-00");
        return headers;
    }
}
