package dev.waybill.messaging.outbox;

import dev.waybill.events.Envelope;
import dev.waybill.messaging.LogFields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.util.List;

/**
 * One line for each message that a transaction has said, once it has committed: an event, which is a fact of the business, at info, and
 * a command at debug. The line is the message's type and what it is about, never what is in it. So no service logs by itself what it says
 * anyway.
 */
final class SaidLog {

    private static final Logger LOG = LoggerFactory.getLogger(SaidLog.class);

    private SaidLog() {}

    static void tell(List<OutboxRow> rows) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        for (OutboxRow row : rows) {
            Envelope said = row.envelope();
            Level level = said.sequence() == null ? Level.DEBUG : Level.INFO;
            if (LOG.isEnabledForLevel(level)) {
                LogFields.run(said, () -> LOG.atLevel(level).log("{}: {}", said.subject(), said.type()));
            }
        }
    }
}
