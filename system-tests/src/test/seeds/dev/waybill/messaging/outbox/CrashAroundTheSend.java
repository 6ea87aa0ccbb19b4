package dev.waybill.messaging.outbox;

import dev.waybill.system.fault.Crash;

import java.util.List;

/** The crash: rows are committed and not sent; or, planted at the end of the method, sent and not marked. */
final class CrashAroundTheSend {

    private CrashAroundTheSend() {}

    static void publish(TopicPublisher publisher, List<OutboxRow> rows, Runnable whileWaiting) {
        Crash.atTheThirdTime();
    }
}
