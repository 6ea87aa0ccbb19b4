package dev.waybill.simulators.gateway;

import dev.waybill.simulators.MutableClock;
import dev.waybill.simulators.books.Request;
import dev.waybill.simulators.gateway.GatewayEntry.Charged;
import dev.waybill.simulators.gateway.GatewayEntry.Refused;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway to put into a situation; what it decides is written down at once. */
abstract class GatewayScenario {

    static final Duration LIFETIME = Duration.ofDays(7);

    final MutableClock clock = new MutableClock();
    private final AtomicInteger references = new AtomicInteger();
    private final AtomicInteger keys = new AtomicInteger();
    private final List<GatewayEntry> book = new ArrayList<>();
    private final GatewayLedger ledger = new GatewayLedger(
            clock,
            LIFETIME,
            () -> "pay_" + references.incrementAndGet(),
            () -> 1,
            reference -> book.stream().filter(entry -> reference.equals(entry.subject())).toList());

    static Money euros(long euros) {
        return new Money(euros * 100, "EUR");
    }

    String authorized(Money amount) {
        GatewayEntry entry = authorize(amount, "pm_card_visa");
        assertThat(entry).isInstanceOf(Charged.class);
        return ((Charged) entry).reference();
    }

    GatewayEntry authorize(Money amount, String paymentMethod) {
        return applied(ledger.authorize(request(), "order-1", amount, Card.of(paymentMethod).refusal(), true));
    }

    GatewayEntry capture(String reference, Money amount) {
        return applied(ledger.capture(request(), reference, amount));
    }

    GatewayEntry cancel(String reference) {
        return applied(ledger.cancel(request(), reference));
    }

    GatewayEntry refund(String reference, Money amount) {
        return applied(ledger.refund(request(), reference, amount));
    }

    static void assertCharged(GatewayEntry entry, ChargeKind kind, Money amount) {
        assertThat(entry).isInstanceOfSatisfying(Charged.class, charged -> {
            assertThat(charged.kind()).isEqualTo(kind);
            assertThat(charged.amount()).isEqualTo(amount);
        });
    }

    static void assertRefused(GatewayEntry entry, Refusal refusal) {
        assertThat(entry).isInstanceOfSatisfying(
                Refused.class,
                refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    void assertBooks(ChargeKind... kinds) {
        List<Charged> charges = book.stream().filter(Charged.class::isInstance).map(Charged.class::cast).toList();
        assertThat(charges).extracting(Charged::kind).containsExactly(kinds);
        assertThat(charges).extracting(Charged::orderId).allMatch("order-1"::equals);
        assertThat(charges).extracting(charge -> charge.reference() + "-" + charge.number())
                .doesNotHaveDuplicates();
    }

    private GatewayEntry applied(GatewayEntry entry) {
        book.add(entry);
        return entry;
    }

    private Request request() {
        return new Request("test", "key-" + keys.incrementAndGet(), "");
    }
}
