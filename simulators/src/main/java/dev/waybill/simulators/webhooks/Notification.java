package dev.waybill.simulators.webhooks;

/**
 * What is to be told.
 *
 * @param orderId what is told about the same order is told in its order
 * @param copies how often it is told; not at all, if zero
 * @param body is sent as JSON
 */
public record Notification(String orderId, int copies, Object body) {}
