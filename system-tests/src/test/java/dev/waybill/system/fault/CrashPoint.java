package dev.waybill.system.fault;

import dev.waybill.system.auditor.reading.Addresses.Service;

import java.util.EnumSet;
import java.util.Set;

/** Where between two commits a process can end: the seed that ends it there, and the services that come there at all. */
enum CrashPoint {

    AFTER_THE_COMMIT_BEFORE_THE_SEND(
            "outbox.TopicPublisher publish dev.waybill.messaging.outbox.CrashAroundTheSend before"), //
    AFTER_THE_SEND_BEFORE_THE_MARK(
            "outbox.TopicPublisher publish dev.waybill.messaging.outbox.CrashAroundTheSend"), //
    AFTER_THE_EFFECT_BEFORE_THE_OFFSETS(
            "inbox.Handling handle dev.waybill.messaging.inbox.CrashAfterTheEffect"), //
    AFTER_THE_OUTSIDE_CALL_BEFORE_ITS_RECORD(
            "outside.OutcomeRecorder add dev.waybill.messaging.outside.CrashBeforeTheRecord before");

    private final String seed;

    CrashPoint(String inMessaging) {
        this.seed = "dev.waybill.messaging." + inMessaging;
    }

    Set<Service> services() {
        return switch (this) {
            // Whoever only listens has nothing to send.
            case AFTER_THE_COMMIT_BEFORE_THE_SEND, AFTER_THE_SEND_BEFORE_THE_MARK ->
                EnumSet.complementOf(EnumSet.of(Service.NOTIFICATION));
            case AFTER_THE_EFFECT_BEFORE_THE_OFFSETS -> EnumSet.allOf(Service.class);
            case AFTER_THE_OUTSIDE_CALL_BEFORE_ITS_RECORD -> EnumSet.of(Service.PAYMENT, Service.SHIPPING);
        };
    }

    String seed() {
        return seed;
    }
}
