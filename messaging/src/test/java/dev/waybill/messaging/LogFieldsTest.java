package dev.waybill.messaging;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.SagaId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What lines of the log say by themselves. */
class LogFieldsTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    private final OrderId order = new OrderId(Ids.next());
    private final SagaId saga = new SagaId(UUID.randomUUID());
    private final MessageId message = Ids.nextMessageId();
    private final AtomicReference<@Nullable Map<String, String>> inside = new AtomicReference<>();

    @AfterEach
    void end() {
        MDC.clear();
    }

    @Test
    void aMessagesLinesNameItsOrderAndNumberSagaIdAndTrace() {
        LogFields.run(order, handled("00-%s-%s-00".formatted(TRACE, SPAN)), this::look);
        assertThat(inside.get()).containsOnly(Map.entry("waybill.order.id", order.toString()),
                Map.entry("waybill.order.number", "W-100042"), Map.entry("waybill.saga.id", saga.toString()),
                Map.entry("waybill.message.id", message.toString()),
                Map.entry("traceId", TRACE), Map.entry("spanId", SPAN));
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void whereTheNumberIsKnownWithoutTheMessageItStandsWithoutTheMessage() {
        LogFields.run(order, new OrderNumber("W-100043"), saga, null, this::look);
        assertThat(inside.get()).containsOnly(Map.entry("waybill.order.id", order.toString()),
                Map.entry("waybill.order.number", "W-100043"), Map.entry("waybill.saga.id", saga.toString()));
    }

    @Test
    void whatIsNoTraceparentIsNoTrace() {
        LogFields.run(order, handled("a\nforged line"), this::look);
        assertThat(inside.get()).doesNotContainKey("traceId");
    }

    @Test
    void whoeverAskedFindsItsOwnFieldsAgainAlsoAfterAFault() {
        MDC.put("waybill.order.id", "the request's");
        MDC.put("traceId", "the request's");
        assertThatThrownBy(() -> LogFields.run(order, null, () -> {
            throw new IllegalStateException("poison");
        })).hasMessage("poison");
        assertThat(MDC.getCopyOfContextMap()).containsOnly(Map.entry("waybill.order.id", "the request's"),
                Map.entry("traceId", "the request's"));
    }

    private MessageContext handled(String traceparent) {
        return new MessageContext(message, null, saga, order.toString(), 1, traceparent, new OrderNumber("W-100042"),
                null);
    }

    private void look() {
        inside.set(MDC.getCopyOfContextMap());
    }
}
