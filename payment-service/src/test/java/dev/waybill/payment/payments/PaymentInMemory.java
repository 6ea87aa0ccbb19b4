package dev.waybill.payment.payments;

import dev.waybill.events.Command;
import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.Outbox;
import dev.waybill.messaging.outside.OutsideCall;
import dev.waybill.messaging.outside.OutsideCallAbout;
import dev.waybill.messaging.outside.OutsideCalls;
import dev.waybill.payment.payments.ChangeJson.Stored;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * One order's payment with everything around it in memory: its stream as JSON, with snapshots, its queue of open calls, its
 * outbox and its webhooks. What is found is made from what was stored, each time.
 */
final class PaymentInMemory implements Payments, Outbox, OutsideCalls, GatewayWebhooks {

    /** @param cause the number of the command that asked; the answer has it too */
    private record Open(String kind, @Nullable UUID about, UUID key, int cause) {}

    /** @param cause the number of the command that it answers; 0 where there is none */
    record Said(Event event, int cause) {}

    final OrderId order;
    final List<Stored> stream = new ArrayList<>();
    final List<Said> said = new ArrayList<>();
    final PaymentDesk desk = new PaymentDesk(this, this, this);
    final TakingWebhooks taking;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final int snapshotEvery;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<String, GatewayWebhook> webhooks = new HashMap<>();
    private final Map<String, OutsideCall<?>> calls;
    private @Nullable String snapshot;
    private int snapshotVersion;
    private boolean known;
    /** Whose handling is being played. */
    private int cause;

    PaymentInMemory(OrderId order, Gateway gateway, int snapshotEvery) {
        this.order = order;
        this.snapshotEvery = snapshotEvery;
        var authorizing = new AuthorizingPayment(desk, gateway);
        var renewing = new RenewingAuthorization(desk, gateway);
        var voiding = new VoidingPayment(desk, gateway);
        var capturing = new CapturingPayment(desk, gateway);
        var refunding = new RefundingPayment(desk, gateway);
        this.calls = Stream.of(authorizing, renewing, voiding, capturing, refunding)
                .collect(Collectors.toMap(OutsideCall::kind, Function.identity()));
        this.taking = new TakingWebhooks(this, this, desk, this, authorizing, renewing, voiding, capturing, refunding,
                meters);
    }

    void decide(int command, Function<Payment, Decision> decision) {
        under(command, () -> desk.decide(order, decision));
    }

    boolean callsAreOpen() {
        return !open.isEmpty();
    }

    /** Makes the call that the order waits for; it may remain open. */
    void makeNextCall() {
        Open next = open.peek();
        if (next != null) {
            make(next, requireNonNull(calls.get(next.kind())));
        }
    }

    private <R> void make(Open next, OutsideCall<R> call) {
        R outcome;
        try {
            outcome = next.about() != null && call instanceof OutsideCallAbout<R> several
                    ? several.callAbout(order, next.about(), next.key())
                    : call.call(order, next.key());
        } catch (IllegalStateException lost) {
            under(next.cause(), () -> {
                if (next.about() != null && call instanceof OutsideCallAbout<R> several) {
                    several.inDoubtAbout(order, next.about());
                } else {
                    call.inDoubt(order);
                }
            });
            return;
        }
        open.remove();
        record(next, call, outcome);
    }

    private <R> void record(Open closed, OutsideCall<R> call, R outcome) {
        under(closed.cause(), () -> {
            if (closed.about() != null && call instanceof OutsideCallAbout<R> several) {
                several.recordAbout(order, closed.about(), outcome);
            } else {
                call.record(order, outcome);
            }
        });
    }

    private void under(int command, Runnable task) {
        int before = cause;
        cause = command;
        try {
            task.run();
        } finally {
            cause = before;
        }
    }

    void forgetWebhooks() {
        webhooks.clear();
    }

    /** Made from the first change on, whatever snapshots there are. */
    PaymentState rebuilt() {
        PaymentState state = PaymentState.NEW;
        for (Stored change : stream) {
            state = state.evolve(ChangeJson.read(change));
        }
        return state;
    }

    PaymentState served() {
        return find(order).map(Payment::state).orElse(PaymentState.NEW);
    }

    @Override
    public Optional<Payment> find(OrderId orderId) {
        if (!known) {
            return Optional.empty();
        }
        PaymentState state = snapshot == null ? PaymentState.NEW : ChangeJson.readSnapshot(snapshot);
        for (Stored change : stream.subList(snapshotVersion, stream.size())) {
            state = state.evolve(ChangeJson.read(change));
        }
        return Optional.of(new Payment(orderId, state, stream.size(), new EventCounter()));
    }

    @Override
    public void save(Payment payment) {
        known = true;
        payment.fresh().stream().map(ChangeJson::write).forEach(stream::add);
        if (stream.size() - snapshotVersion >= snapshotEvery) {
            snapshot = ChangeJson.writeSnapshot(payment.state());
            snapshotVersion = stream.size();
        }
    }

    @Override
    public void lock(Collection<OrderId> orderIds) {
        // Nobody else is there.
    }

    @Override
    public MessageId append(Aggregate aggregate, Event event) {
        said.add(new Said(event, cause));
        return Ids.nextMessageId();
    }

    @Override
    public void send(Aggregate sender, SagaId sagaId, MessageId id, Command<?> command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void request(String kind, OrderId orderId) {
        open.add(new Open(kind, null, Ids.next(), cause));
    }

    @Override
    public void request(String kind, OrderId orderId, UUID about) {
        open.add(new Open(kind, about, Ids.next(), cause));
    }

    @Override
    public <R> boolean settle(OutsideCall<R> call, OrderId orderId, UUID idempotencyKey, R outcome) {
        Open first = open.peek();
        if (first == null || !first.kind().equals(call.kind()) || !first.key().equals(idempotencyKey)) {
            return false;
        }
        open.remove();
        record(first, call, outcome);
        return true;
    }

    @Override
    public boolean add(GatewayWebhook webhook, String body) {
        return webhooks.putIfAbsent(webhook.id(), webhook) == null;
    }

    @Override
    public void cameTo(GatewayWebhook webhook, GatewayWebhook.Effect effect) {
        // Counted.
    }
}
