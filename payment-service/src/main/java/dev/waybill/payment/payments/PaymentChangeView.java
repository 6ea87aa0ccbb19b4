package dev.waybill.payment.payments;

import dev.waybill.payment.payments.PaymentTables.StreamEntry;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;

/**
 * One change of a payment as it is shown, in today's form whenever it was stored. There is nothing of a card in it, as we never
 * have any.
 *
 * @param version its number within the payment, from 1 on
 */
record PaymentChangeView(long version, String type, Instant at, ObjectNode data) {

    static PaymentChangeView from(StreamEntry entry) {
        return new PaymentChangeView(
                entry.version(), entry.stored().type(), entry.at(), ChangeJson.json(entry.stored()));
    }
}
