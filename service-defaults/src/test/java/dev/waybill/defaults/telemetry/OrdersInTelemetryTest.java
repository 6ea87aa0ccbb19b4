package dev.waybill.defaults.telemetry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.HandlerMapping;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Which requests name an order in their lines and their span. */
class OrdersInTelemetryTest {

    private static final String ORDER = "0198a1b2-0000-7000-8000-000000000001";

    private final OrdersInTelemetry orders = new OrdersInTelemetry();
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @AfterEach
    void end() {
        MDC.clear();
    }

    @Test
    void aRequestForAnOrderNamesItUntilItIsAnswered() {
        var request = request("/orders/" + ORDER + "/cancellation", Map.of("id", ORDER));
        orders.preHandle(request, response, this);
        assertThat(MDC.get("waybill.order.id")).isEqualTo(ORDER);
        orders.afterCompletion(request, response, this, null);
        assertThat(MDC.get("waybill.order.id")).isNull();
    }

    @Test
    void soDoesOneForAnOrdersPaymentAndItsSpan() {
        var request = request("/payments/" + ORDER, Map.of("orderId", ORDER));
        var context = new ServerRequestObservationContext(request, response);
        request.setAttribute(ServerHttpObservationFilter.CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE, context);
        orders.preHandle(request, response, this);
        assertThat(MDC.get("waybill.order.id")).isEqualTo(ORDER);
        assertThat(context.getHighCardinalityKeyValue("waybill.order.id")).isNotNull();
    }

    @Test
    void aThreadThatHandsOverToAnotherNamesItNoLonger() {
        var request = request("/orders/" + ORDER + "/events", Map.of("id", ORDER));
        orders.preHandle(request, response, this);
        orders.afterConcurrentHandlingStarted(request, response, this);
        assertThat(MDC.get("waybill.order.id")).isNull();
    }

    @Test
    void whatIsNoOrdersIdIsNotNamed() {
        orders.preHandle(request("/sagas/" + ORDER, Map.of("id", ORDER)), response, this);
        orders.preHandle(request("/orders/x", Map.of("id", "Alice\nDoe")), response, this);
        orders.preHandle(new MockHttpServletRequest(), response, this);
        assertThat(MDC.get("waybill.order.id")).isNull();
    }

    private static MockHttpServletRequest request(String path, Map<String, String> variables) {
        var request = new MockHttpServletRequest("GET", path);
        request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, variables);
        return request;
    }
}
