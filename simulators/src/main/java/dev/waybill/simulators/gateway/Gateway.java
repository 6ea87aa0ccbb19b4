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
import dev.waybill.simulators.gateway.GatewayEntry.Charged;
import dev.waybill.simulators.webhooks.Webhooks;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

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
    private final Webhooks webhooks;
    private final GatewaySettings settings;

    Gateway(
            Bookshelf shelf,
            Fingerprints fingerprints,
            Faults faults,
            Pauses pauses,
            Webhooks webhooks,
            GatewaySettings settings,
            Clock clock) {
        webhooks.requireSecretFor(settings.webhookUrl());
        this.fingerprints = fingerprints;
        this.faults = faults;
        this.pauses = pauses;
        this.webhooks = webhooks;
        this.settings = settings;
        this.ledger = new GatewayLedger(
                clock,
                settings.authorizationLifetime(),
                () -> "pay_" + UUID.randomUUID().toString().replace("-", ""));
        this.books = shelf.open("gateway", GatewayEntry.class, ledger::apply, this::tell);
        tellAgain();
    }

    GatewayEntry authorize(String key, String orderId, Money amount, String paymentMethod) {
        Card card = Card.of(paymentMethod);
        Decided<GatewayEntry> decided = decide(
                new Request("authorize", key, fingerprints.of(orderId, amount, paymentMethod)),
                request -> ledger.authorize(
                        request,
                        orderId,
                        amount,
                        faults.strikes(Target.GATEWAY, Mode.DECLINE) ? Refusal.CARD_DECLINED : card.refusal()));
        if (!decided.repeated() && decided.entry() instanceof Charged) {
            answerLikeThe(card);
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

    List<Charged> charges(@Nullable String orderId) {
        return books.read(() -> ledger.charges(orderId));
    }

    private Decided<GatewayEntry> decide(Request request, Function<Request, GatewayEntry> how) {
        faults.atTheDoor(Target.GATEWAY);
        Decided<GatewayEntry> decided = books.decideOnce(request, () -> how.apply(request));
        if (!decided.repeated()) {
            faults.afterTheEffect(Target.GATEWAY);
        }
        return decided;
    }

    private void answerLikeThe(Card card) {
        switch (card) {
            case SLOW -> pauses.pause(settings.slowCardDelay());
            case SILENT -> throw faults.hang();
            case GOOD, DECLINED, WITHOUT_FUNDS -> {
            }
        }
    }

    private void tellAgain() {
        List<Charged> charges = charges(null);
        if (!charges.isEmpty()) {
            Instant since = webhooks.toldAgainSince(charges.getLast().at());
            charges.stream().filter(charged -> !charged.at().isBefore(since)).forEach(this::tell);
        }
    }

    private void tell(GatewayEntry entry) {
        URI url = settings.webhookUrl();
        if (url != null && entry instanceof Charged charged) {
            for (int copies = faults.webhookCopies(Target.GATEWAY); copies > 0; copies--) {
                webhooks.send(url, charged.orderId(), Notification.of(charged));
            }
        }
    }

    /** A webhook's body; its id is the same however often it is sent. */
    private record Notification(
            String id,
            ChargeKind kind,
            String reference,
            String orderId,
            String status,
            Instant at,
            Money amount) {

        static Notification of(Charged charged) {
            return new Notification(
                    charged.reference() + "-" + charged.number(),
                    charged.kind(),
                    charged.reference(),
                    charged.orderId(),
                    charged.kind().status(),
                    charged.at(),
                    charged.amount());
        }
    }
}
