package dev.waybill.messaging.outbox;

/** The start is refused: topics hold messages of the service that its outbox has forgotten. */
class OutboxIsBehindException extends IllegalStateException {

    private final transient Forgotten forgotten;

    OutboxIsBehindException(Forgotten forgotten) {
        super(forgotten.whatHasHappened() + "\n\n" + forgotten.whatToDo());
        this.forgotten = forgotten;
    }

    Forgotten forgotten() {
        return forgotten;
    }
}
