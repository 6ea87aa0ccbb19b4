package dev.waybill.messaging;

import dev.waybill.events.Envelope;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.SagaId;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import java.util.Map;

/**
 * What every line of the log says by itself that is written while something is done for an order: the order and its number, the saga,
 * the message and the trace. Set here and nowhere else, as fields of the logging context: a field that were also added to a single
 * line would stand in its JSON twice, and that is refused. Whoever has asked finds the context as it was before.
 */
public final class LogFields {

    /** As service-defaults has it for requests. */
    public static final String ORDER = "waybill.order.id";
    public static final String NUMBER = "waybill.order.number";
    public static final String SAGA = "waybill.saga.id";
    public static final String MESSAGE = "waybill.message.id";
    /** As the tracer has them; written in JSON by the names of the Elastic Common Schema. */
    private static final String TRACE = "traceId";
    private static final String SPAN = "spanId";

    /** {@code 00-<32>-<16>-<2>}, in W3C's words version, trace id, parent id and flags. */
    private static final int TRACEPARENT_LENGTH = 55;
    private static final int TRACE_AT = 3;
    private static final int SPAN_AT = 36;

    private LogFields() {}

    /** Runs the task for an order, as part of handling the message, if there is one. */
    public static void run(OrderId order, @Nullable MessageContext message, Runnable task) {
        run(order, null, message == null ? null : message.sagaId(), message, task);
    }

    /**
     * Runs the task for an order's saga, as part of handling the message, if there is one.
     *
     * @param number the order's, where it is known; else the message's is taken
     */
    public static void run(
            OrderId order, @Nullable OrderNumber number, @Nullable SagaId saga, @Nullable MessageContext message,
            Runnable task) {
        if (message == null) {
            run(order.toString(), number, saga, null, null, task);
        } else {
            run(order.toString(), number != null ? number : message.orderNumber(), saga, message.id(),
                    message.traceparent(), task);
        }
    }

    /** Runs the task, which is about a message that is said here. */
    public static void run(Envelope said, Runnable task) {
        run(said.partitionKey(), said.orderNumber(), said.sagaId(), said.id(), said.traceparent(), task);
    }

    private static void run(
            String order, @Nullable OrderNumber number, @Nullable SagaId saga, @Nullable MessageId message,
            @Nullable String traceparent, Runnable task) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        MDC.put(ORDER, order);
        if (number != null) {
            MDC.put(NUMBER, number.value());
        }
        if (saga != null) {
            MDC.put(SAGA, saga.toString());
        }
        if (message != null) {
            MDC.put(MESSAGE, message.toString());
        }
        if (traceparent != null && traceparent.length() == TRACEPARENT_LENGTH) {
            MDC.put(TRACE, traceparent.substring(TRACE_AT, SPAN_AT - 1));
            MDC.put(SPAN, traceparent.substring(SPAN_AT, TRACEPARENT_LENGTH - 3));
        }
        try {
            task.run();
        } finally {
            if (before == null) {
                MDC.clear();
            } else {
                MDC.setContextMap(before);
            }
        }
    }
}
