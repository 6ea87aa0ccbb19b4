package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Fact.Order;
import dev.waybill.system.auditor.evidence.Fact.Parcel;
import dev.waybill.system.auditor.evidence.Fact.Reservation;
import dev.waybill.system.auditor.evidence.Fact.Step;
import org.junit.jupiter.api.Test;

import java.util.List;

import static dev.waybill.system.auditor.rules.RuleAssert.assertRed;
import static org.assertj.core.api.Assertions.assertThat;

class AgreementRulesTest {

    private static final String PARCELS = "I3 the carrier has a parcel for a fulfilled order, and for no other";

    private final Situation situation = new Situation();

    @Test
    void aFulfilledOrderHasItsStock() {
        Situation.remove(situation.reservations, reservation -> reservation.orderId().equals(Situation.CONFIRMED));

        assertRed(situation, "I3 the stock agrees with the order", Situation.CONFIRMED,
                "is CONFIRMED, its reservation null");
    }

    @Test
    void aRejectedOrderHoldsNoStock() {
        Situation.replace(situation.reservations, reservation -> reservation.orderId().equals(Situation.REJECTED),
                reservation -> new Reservation(Situation.REJECTED, "HELD", reservation.lines(), List.of(), 2));

        assertRed(situation, "I3 the stock agrees with the order", Situation.REJECTED,
                "is REJECTED, its reservation HELD");
    }

    @Test
    void aReasonIsGivenByWhoeverRefused() {
        Situation.replace(situation.orders, order -> order.orderId().equals(Situation.REJECTED),
                order -> new Order(order.orderId(), order.customerId(), order.status(), "OUT_OF_STOCK", order.total(),
                        order.lines(), order.placedAt(), order.eventSequence()));

        assertRed(situation, "I3 the reason of a rejection agrees with what was refused", Situation.REJECTED,
                "is rejected for OUT_OF_STOCK; its reservation is RELEASED, its payment VOIDED, its shipment REFUSED");
    }

    @Test
    void aRejectedOrderHasNoParcel() {
        situation.parcels.add(parcel("SP9", Situation.REJECTED, "BOOKED"));

        assertRed(situation, PARCELS, Situation.REJECTED, "is REJECTED, and the carrier has 1 parcels for it");
    }

    @Test
    void aRejectedOrdersParcelMayBeCancelled() {
        situation.parcels.add(parcel("SP9", Situation.REJECTED, "CANCELLED"));

        assertThat(situation.findings()).isEmpty();
    }

    @Test
    void aFulfilledOrderHasOneParcel() {
        situation.parcels.add(parcel("SP9", Situation.CONFIRMED, "BOOKED"));

        assertRed(situation, PARCELS, Situation.CONFIRMED, "the carrier has 2 parcels for it");
        assertRed(situation, "I4 the gateway and the carrier are asked to do a thing once", Situation.CONFIRMED,
                "2 parcels were booked");
    }

    @Test
    void aFulfilledOrdersParcelMayLeave() {
        situation.parcels.set(0, parcel("SP1", Situation.CONFIRMED, "BOOKED"));

        assertRed(situation, PARCELS, Situation.CONFIRMED, "may not let SP1 leave");
    }

    @Test
    void thereIsNoParcelWithoutAnOrder() {
        situation.parcels.add(parcel("SP9", "order-9", "BOOKED"));

        assertRed(situation, PARCELS, "order-9", "is in no database");
    }

    @Test
    void noParcelLeavesBeforeTheMoneyIsCaptured() {
        situation.parcels.set(0, new Parcel("SP1", Situation.CONFIRMED, "DISPATCHED",
                List.of(new Step("DISPATCHED", Situation.NOON.plusMillis(1_999)))));

        assertRed(situation, "I3 a parcel leaves only after the money was captured", Situation.CONFIRMED,
                "SP1 was dispatched at");
    }

    @Test
    void noParcelLeavesWithoutTheMoney() {
        situation.parcels.add(new Parcel("SP9", Situation.REJECTED, "CANCELLED",
                List.of(new Step("DISPATCHED", Situation.NOON.plusSeconds(30)))));

        assertRed(situation, "I3 a parcel leaves only after the money was captured", Situation.REJECTED,
                "the money captured at null");
    }

    private static Parcel parcel(String trackingNumber, String orderId, String status) {
        return new Parcel(trackingNumber, orderId, status, List.of(new Step(status, Situation.NOON)));
    }
}
