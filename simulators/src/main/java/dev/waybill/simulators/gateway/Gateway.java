package dev.waybill.simulators.gateway;

import dev.waybill.simulators.books.Books;
import dev.waybill.simulators.books.Books.Decided;
import dev.waybill.simulators.books.Bookshelf;
import dev.waybill.simulators.books.Fingerprints;
import dev.waybill.simulators.books.Request;
import dev.waybill.simulators.faults.Faults;
import dev.waybill.simulators.faults.Mode;
import dev.waybill.simulators.faults.Pauses;
import dev.waybill.simulators.faults.Target;
import dev.waybill.simulators.gateway.GatewayEntry.AlreadyVoided;
import dev.waybill.simulators.gateway.GatewayEntry.Charged;
import dev.waybill.simulators.gateway.GatewayEntry.Refused;
import dev.waybill.simulators.webhooks.Notification;
import dev.waybill.simulators.webhooks.Webhooks;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The gateway as its callers see it: each call passes the faults at the door, is decided in the books, and may meet another
 * fault on its way back. Whatever took effect is told by webhook, in the order of the book.
 */
@Service
class Gateway {

    private final GatewayLedger ledger;
    private final Books<GatewayEntry> books;
    private final Fingerprints fingerprints;
    private final Faults faults;
    private final Pauses pauses;
    private final GatewaySettings settings;
    private final Clock clock;

    Gateway(
            Bookshelf shelf,
            Fingerprints fingerprints,
            Faults faults,
            Pauses pauses,
            Webhooks webhooks,
            GatewaySettings settings,
            Clock clock) {
        this.fingerprints = fingerprints;
        this.faults = faults;
        this.pauses = pauses;
        this.settings = settings;
        this.clock = clock;
        this.books = shelf.open("gateway", GatewayEntry.class);
        this.ledger = new GatewayLedger(
                clock,
                settings.authorizationLifetime(),
                () -> "pay_" + UUID.randomUUID().toString().replace("-", ""),
                () -> settings.webhookUrl() == null ? 0 : faults.webhookCopies(Target.GATEWAY),
                books::soFarAbout);
        webhooks.follow("gateway", books, settings.webhookUrl(), Gateway::notificationOf);
    }

    GatewayEntry authorize(String key, String orderId, Money amount, String paymentMethod) {
        Card card = Card.of(paymentMethod);
        var asked = new Request("authorize", key, fingerprints.of(orderId, amount, paymentMethod));
        if (card == Card.SLOW && !books.hasDecided(asked)) {
            pauses.pause(settings.slowCardDelay());
        }
        Decided<GatewayEntry> decided = decide(
                asked,
                request -> ledger.authorize(
                        request,
                        orderId,
                        amount,
                        faults.strikes(Target.GATEWAY, Mode.DECLINE) ? Refusal.CARD_DECLINED : card.refusal(),
                        card != Card.SILENT));
        if (card == Card.SILENT && decided.entry() instanceof Charged charged) {
            keepSilent(decided.repeated(), charged.at());
        }
        return decided.entry();
    }

    GatewayEntry capture(String key, String reference, Money amount) {
        return decide(
                new Request("capture", key, fingerprints.of(reference, amount)),
                request -> ledger.capture(request, reference, amount)).entry();
    }

    GatewayEntry cancel(String key, String reference) {
        return decide(
                new Request("void", key, fingerprints.of(reference)),
                request -> ledger.cancel(request, reference)).entry();
    }

    GatewayEntry refund(String key, String reference, Money amount) {
        return decide(
                new Request("refund", key, fingerprints.of(reference, amount)),
                request -> ledger.refund(request, reference, amount)).entry();
    }

    /** The effects, in their order: those of an order, or all of them. */
    Stream<Charged> charges(@Nullable String orderId) {
        Stream<GatewayEntry> entries = orderId == null
                ? StreamSupport.stream(Spliterators.spliteratorUnknownSize(books.all(), Spliterator.ORDERED), false)
                : books.ofOrder(orderId).stream();
        return entries.filter(Charged.class::isInstance).map(Charged.class::cast);
    }

    private Decided<GatewayEntry> decide(Request request, Function<Request, GatewayEntry> how) {
        faults.atTheDoor(Target.GATEWAY);
        Decided<GatewayEntry> decided = books.decideOnce(request, () -> how.apply(request));
        if (!decided.repeated()) {
            faults.afterTheEffect(Target.GATEWAY);
        }
        return decided;
    }

    /** The first to ask never hears of it; who asks again has to wait until the silence is over. */
    private void keepSilent(boolean repeated, Instant charged) {
        if (!repeated) {
            throw faults.hang();
        }
        pauses.pause(Duration.between(clock.instant(), charged.plus(settings.silence())));
    }

    private static @Nullable Notification notificationOf(GatewayEntry entry) {
        return switch (entry) {
            case Charged charged -> new Notification(charged.orderId(), charged.webhooks(), Told.from(charged));
            case AlreadyVoided repeated -> null;
            case Refused refused -> null;
        };
    }

    /** A webhook's body; its id is the same however often it is sent, and its key that of the request that it is about. */
    private record Told(
            String id,
            ChargeKind kind,
            String reference,
            String orderId,
            String status,
            Instant at,
            Money amount,
            String idempotencyKey) {

        static Told from(Charged charged) {
            return new Told(
                    charged.reference() + "-" + charged.number(),
                    charged.kind(),
                    charged.reference(),
                    charged.orderId(),
                    charged.kind().status(),
                    charged.at(),
                    charged.amount(),
                    charged.request().key());
        }
    }
}
