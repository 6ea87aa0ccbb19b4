package dev.waybill.order.orders;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderEvent;

/**
 * What an order has to say about its parcel.
 *
 * @param because the message of the scan: the cause, even where it has waited for something else to be said
 */
record ParcelNews(OrderEvent event, MessageId because) {}
