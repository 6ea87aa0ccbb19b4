package dev.waybill.messaging.outbox;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.waybill.events.Envelope;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderNumber;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.LogFields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What a committed transaction has said, in the log. */
class SaidLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(SaidLog.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final String order = UUID.randomUUID().toString();
    private final OutboxRow placed = row("dev.waybill.order.placed.v1", 1L);
    private final OutboxRow reserve = row("dev.waybill.inventory.reserve-stock.v1", null);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void anEventIsALineAtInfoAndACommandOneAtDebug() {
        logger.setLevel(Level.DEBUG);
        SaidLog.tell(List.of(placed, reserve));
        assertThat(log.list).extracting(line -> line.getLevel() + " " + line.getFormattedMessage()).containsExactly(
                "INFO order/" + order + ": dev.waybill.order.placed.v1",
                "DEBUG order/" + order + ": dev.waybill.inventory.reserve-stock.v1");
        logger.setLevel(Level.INFO);
        SaidLog.tell(List.of(reserve));
        assertThat(log.list).hasSize(2);
    }

    @Test
    void theLineHasItsOrderNumberAndMessageAsFields() {
        logger.setLevel(Level.INFO);
        SaidLog.tell(List.of(placed));
        assertThat(log.list.getFirst().getMDCPropertyMap()).containsEntry(LogFields.ORDER, order)
                .containsEntry(LogFields.NUMBER, "W-100042")
                .containsEntry(LogFields.MESSAGE, placed.envelope().id().toString());
    }

    @Test
    void nothingOfTheContentIsLogged() {
        logger.setLevel(Level.DEBUG);
        SaidLog.tell(List.of(placed, reserve));
        assertThat(log.list).noneMatch(line -> line.getFormattedMessage().contains("Alice"));
    }

    private OutboxRow row(String type, @Nullable Long sequence) {
        MessageId id = Ids.nextMessageId();
        return new OutboxRow("order.events", new Envelope(id, "/test", type, "order/" + order, Instant.EPOCH, order,
                sequence, 1, order, null, null, null, new OrderNumber("W-100042")), "{\"name\": \"Alice\"}");
    }
}
