package dev.waybill.messaging.outbox;

import dev.waybill.events.Envelope;
import dev.waybill.messaging.LogFields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/**
 * One line for each message that a transaction has said, once it has committed: an event, which is a fact of the business, at info, and
 * a command at debug. The line is the message's type and what it is about, never what is in it. So no service logs by itself what it says
 * anyway.
 */
final class SaidLog {

    private static final Logger LOG = LoggerFactory.getLogger(SaidLog.class);

    private SaidLog() {}

    /** @param speakers of each row the name that people have for who says it, null where there is none */
    static void tell(List<OutboxRow> rows, List<@Nullable String> speakers) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        for (int n = 0; n < rows.size(); n++) {
            Envelope said = rows.get(n).envelope();
            String speaker = speakers.get(n);
            if (said.sequence() != null) {
                LogFields.run(said, speaker, () -> tell(said, speaker));
            } else if (LOG.isDebugEnabled()) {
                LogFields.run(said, speaker, () -> LOG.debug("{}: {}", said.subject(), said.type()));
            }
        }
    }

    private static void tell(Envelope fact, @Nullable String speaker) {
        if (speaker == null) {
            LOG.info("{}: {}", fact.subject(), fact.type());
        } else {
            LOG.info("{} {}: {}", fact.subject(), speaker, fact.type());
        }
    }
}
