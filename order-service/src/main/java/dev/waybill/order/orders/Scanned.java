package dev.waybill.order.orders;

import java.util.List;

/** What a scan of its parcel means to an order. None is an error: what the carrier has seen, it has seen. */
sealed interface Scanned {

    /** The order says so. */
    record Said(List<ParcelNews> news) implements Scanned {
        public Said {
            news = List.copyOf(news);
        }
    }

    /** It came before the confirmation, and is kept until that. */
    record Early() implements Scanned {}

    /** It was known. */
    record Duplicate() implements Scanned {}

    /** A parcel is out for an order that has ended without one: noted, and for a person to see to. */
    record Contradicting() implements Scanned {}
}
