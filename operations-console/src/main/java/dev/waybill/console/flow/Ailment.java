package dev.waybill.console.flow;

/**
 * What can hurt: each is an alert of observability/prometheus/rules and as bad as that one. Within a level the first is the worst: what stands
 * still comes before what is slow, and causes come before their effects.
 */
enum Ailment {
    AWAY("TargetDown", Level.CRITICAL),
    OUTBOX_FORGOTTEN("OutboxForgotten", Level.CRITICAL),
    OUTBOX_UNCHECKED("OutboxUnchecked", Level.CRITICAL),
    PAUSED("SubscriptionPaused", Level.CRITICAL),
    NOBODY_READS("ConsumerGroupWithoutMembers", Level.CRITICAL),
    NOBODY_PUBLISHES("OutboxWithoutLeader", Level.CRITICAL),
    NOT_PUBLISHED("OutboxNotPublished", Level.CRITICAL),
    FAR_BEHIND("ConsumerGroupFarBehind", Level.CRITICAL),
    SAGAS_STAND_STILL("SagasStandStill", Level.CRITICAL),
    ORDERS_REFUSED("OrdersRefused", Level.CRITICAL),
    SAGAS_STUCK("SagasStuck", Level.CRITICAL),
    INVERTED("SequenceInverted", Level.CRITICAL),
    BEHIND("ConsumerGroupBehind", Level.WARNING),
    PARKED("MessagesParked", Level.WARNING),
    BREAKER("BreakerOpen", Level.WARNING),
    NO_ANSWER_FROM_OUTSIDE("OutsideCallsWait", Level.WARNING),
    OVERDUE("SagasOverdue", Level.WARNING),
    HELD_UP("OutboxHeldUp", Level.WARNING),
    OUTBOX_LONG("OutboxBacklogLong", Level.WARNING),
    ORDERS_PILE_UP("OrderBacklogLong", Level.WARNING),
    CONNECTIONS("ConnectionsExhausted", Level.WARNING),
    SEQUENCE_GAP("SequenceGap", Level.WARNING),
    HOLDS_OVERDUE("HoldsOverdue", Level.WARNING),
    MAILS("MailsWait", Level.WARNING),
    PARCEL_AGAINST_DECISION("ParcelAgainstDecision", Level.WARNING),
    MAILS_FAIL("MailsFail", Level.WARNING),
    PARTITIONS_RUN_OUT("PartitionsRunOut", Level.WARNING),
    LAG_UNKNOWN("LagUnknown", Level.WARNING);

    private final String alert;
    private final Level level;

    Ailment(String alert, Level level) {
        this.alert = alert;
        this.level = level;
    }

    /** The alert's name. */
    String alert() {
        return alert;
    }

    Level level() {
        return level;
    }
}
