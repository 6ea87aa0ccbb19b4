package dev.waybill.shipping.shipments;

import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingEvent.ShipmentRefusal;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** A carrier that keeps its books by key, refuses at random, and often loses requests or answers on the way. */
final class ModelCarrier implements Carrier {

    private final Random random;
    private final Map<UUID, CarrierAnswer> books = new HashMap<>();

    boolean reliable;
    int bookings;
    int labels;
    int cancellations;

    ModelCarrier(Random random) {
        this.random = random;
    }

    @Override
    public CarrierAnswer.ToBooking book(UUID key, BookShipment booking) {
        return (CarrierAnswer.ToBooking) overTheWire(key, () -> {
            if (random.nextInt(4) == 0) {
                return new CarrierAnswer.Refused(ShipmentRefusal.ADDRESS_NOT_SERVED);
            }
            bookings++;
            return new CarrierAnswer.Booked("DHL", "T-" + bookings);
        });
    }

    @Override
    public CarrierAnswer.ToDispatch dispatch(UUID key, String trackingNumber) {
        return (CarrierAnswer.ToDispatch) overTheWire(key, () -> {
            labels++;
            return new CarrierAnswer.Dispatched("http://labels/" + labels);
        });
    }

    @Override
    public CarrierAnswer.ToCancellation cancel(UUID key, String trackingNumber) {
        return (CarrierAnswer.ToCancellation) overTheWire(key, () -> {
            if (random.nextInt(3) == 0) {
                return new CarrierAnswer.AlreadyHandedOver();
            }
            cancellations++;
            return new CarrierAnswer.Cancelled();
        });
    }

    private CarrierAnswer overTheWire(UUID key, Supplier<CarrierAnswer> effect) {
        lose("the request");
        @Nullable CarrierAnswer known = books.get(key);
        CarrierAnswer answer = known == null ? effect.get() : known;
        books.put(key, answer);
        lose("the answer");
        return answer;
    }

    private void lose(String what) {
        if (!reliable && random.nextInt(3) == 0) {
            throw new IllegalStateException(what + " is lost");
        }
    }
}
