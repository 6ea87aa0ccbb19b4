package dev.waybill.platform.client;

import java.util.Set;

/** Which words of an order's status mean that its fulfillment has ended, one way or the other. */
final class OrderStatus {

    private static final Set<String> FULFILLED = Set.of("CONFIRMED", "SHIPPED", "DELIVERED");
    private static final Set<String> GIVEN_UP = Set.of("REJECTED", "CANCELLED");

    private OrderStatus() {}

    static boolean isFulfilled(String status) {
        return FULFILLED.contains(status);
    }

    static boolean isSettled(String status) {
        return isFulfilled(status) || GIVEN_UP.contains(status);
    }
}
