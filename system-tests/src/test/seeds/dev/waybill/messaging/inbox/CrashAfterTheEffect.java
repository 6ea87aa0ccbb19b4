package dev.waybill.messaging.inbox;

import dev.waybill.system.fault.Crash;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.util.List;

/** The crash: a batch is handled and committed in the database, and its offsets are not committed yet. */
final class CrashAfterTheEffect {

    private CrashAfterTheEffect() {}

    static void handle(Handling handling, List<ConsumerRecord<String, byte[]>> records) {
        Crash.atTheThirdTime();
    }
}
