package dev.waybill.shipping.shipments;

import dev.waybill.events.Address;
import dev.waybill.events.OrderId;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingEvent.ShipmentRefusal;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.outside.OutsideHttp;
import dev.waybill.messaging.outside.OutsideHttp.Answer;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The carrier over HTTP. Only what its interface defines counts as an answer. */
@Component
@EnableConfigurationProperties(CarrierSettings.class)
class CarrierClient implements Carrier {

    private final OutsideHttp http;

    CarrierClient(CarrierSettings settings, RestClient.Builder builder, CircuitBreakerRegistry breakers) {
        this.http = new OutsideHttp("carrier", settings.url(), settings.limits(), builder, breakers);
    }

    private record BookingRequest(OrderId orderId, Address address, List<StockLine> items) {}

    @Override
    public CarrierAnswer.ToBooking book(UUID key, BookShipment booking) {
        var request = new BookingRequest(booking.orderId(), booking.shippingAddress(), booking.lines());
        Answer answer = http.post(key, request, "/carrier/shipments");
        if (answer.done()) {
            return new CarrierAnswer.Booked(answer.text("carrier"), answer.text("trackingNumber"));
        }
        if (answer.status() == 422 && answer.code().equals("ADDRESS_NOT_SERVED")) {
            return new CarrierAnswer.Refused(ShipmentRefusal.ADDRESS_NOT_SERVED);
        }
        throw answer.notUnderstood();
    }

    @Override
    public CarrierAnswer.ToDispatch dispatch(UUID key, String trackingNumber) {
        Answer answer = http.post(key, Map.of(), "/carrier/shipments/{trackingNumber}/dispatch", trackingNumber);
        if (answer.done()) {
            return new CarrierAnswer.Dispatched(answer.text("labelUrl"));
        }
        // A conflict contradicts our own books: nothing is recorded on such ground, the call stays open and is seen.
        throw answer.notUnderstood();
    }

    @Override
    public CarrierAnswer.ToCancellation cancel(UUID key, String trackingNumber) {
        Answer answer = http.post(key, Map.of(), "/carrier/shipments/{trackingNumber}/cancellation", trackingNumber);
        if (answer.done()) {
            return new CarrierAnswer.Cancelled();
        }
        if (answer.status() == 409 && answer.code().equals("ALREADY_HANDED_OVER")) {
            return new CarrierAnswer.AlreadyHandedOver();
        }
        throw answer.notUnderstood();
    }
}
