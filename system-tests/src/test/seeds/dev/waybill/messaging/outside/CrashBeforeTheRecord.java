package dev.waybill.messaging.outside;

import dev.waybill.system.fault.Crash;

/** The crash: the gateway or the carrier has answered, and nothing here knows. */
final class CrashBeforeTheRecord {

    private CrashBeforeTheRecord() {}

    static void add(OutcomeRecorder recorder, OpenCall open, OutsideCall<?> call, Object outcome) {
        Crash.atTheThirdTime();
    }
}
