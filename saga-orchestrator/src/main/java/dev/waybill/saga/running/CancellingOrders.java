package dev.waybill.saga.running;

import dev.waybill.events.CancellationId;
import dev.waybill.events.OrderEvent.CancellationRequested;
import dev.waybill.saga.engine.Input.Asked;
import dev.waybill.saga.engine.Input.TurnBack;
import dev.waybill.saga.engine.Instance;
import dev.waybill.saga.engine.JournalEntry;
import dev.waybill.saga.engine.Outcome;
import dev.waybill.saga.engine.Saga;
import dev.waybill.saga.engine.Status;
import dev.waybill.saga.fulfillment.Fulfillment;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides, under the lock of the order's fulfillment, what a cancellation comes to. As long as no money is commanded to be
 * taken the fulfillment turns back. From then on its outcome is awaited: if it succeeds, a cancellation begins in the
 * transaction in which it does; if it does not, it ends by cancelling the order. One that is undone for a reason of its own
 * tells the order so itself. Nothing of it depends on which message was faster, and a request that is told again changes nothing.
 */
@Service
class CancellingOrders {

    private final Saga<Fulfillment> fulfillment;
    private final StoredSagas sagas;
    private final SagaRunner runner;

    CancellingOrders(Saga<Fulfillment> fulfillment, StoredSagas sagas, SagaRunner runner) {
        this.fulfillment = fulfillment;
        this.sagas = sagas;
        this.runner = runner;
    }

    /** @throws IllegalStateException when nothing fulfills the order: then a person has to find out why */
    @Transactional
    void requested(CancellationRequested request) {
        StoredSaga saga = sagas.find(fulfillment.name(), request.orderId(), null)
                .orElseThrow(() -> new IllegalStateException(
                        "Order %s is to be cancelled, but there is no saga that fulfills it"
                                .formatted(request.orderId())));
        CancellationId id = request.cancellationId();
        // The customer's own words stay with the order: they may be personal.
        Outcome outcome = runner.move(saga, new TurnBack(new Asked("cancellation " + id, "the order is not wanted")));
        switch (outcome) {
            case TAKEN -> remember(saga, id);
            case TURNED_BACK_ALREADY ->
                await(saga, id, "it has turned back already, and tells the order why");
            case NO_WAY_BACK ->
                await(saga, id, "the capture is commanded, so it begins when the fulfillment has ended");
            case FINISHED -> {
                Instance<Fulfillment> ended = saga.instance(fulfillment);
                if (ended.status() == Status.COMPLETED) {
                    runner.startCancellation(id, ended.data());
                }
            }
            case DUPLICATE, LATE, UNMATCHED, NOT_DUE, NOT_TO_BE_SKIPPED, NOT_STUCK, HAS_HAPPENED ->
                throw new IllegalStateException("To be called off is not answered by " + outcome);
        }
    }

    private void await(StoredSaga saga, CancellationId id, String whatItComesTo) {
        if (!remember(saga, id)) {
            return;
        }
        runner.note(saga, new JournalEntry(runner.now(), saga.step(), JournalEntry.Kind.CANCELLATION_NOTED,
                "Cancellation %s: %s".formatted(id, whatItComesTo), null));
    }

    /** Also where it has turned back for it: a person may yet take it as completed. Answers whether it is news. */
    private boolean remember(StoredSaga saga, CancellationId id) {
        Instance<Fulfillment> instance = saga.instance(fulfillment);
        boolean news = !id.equals(instance.data().cancellation());
        if (news) {
            saga.remember(instance.remembering(instance.data().toBeCancelled(id)), runner.now());
        }
        return news;
    }
}
