package dev.waybill.messaging.inbox;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.waybill.events.Envelope.Header;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.messaging.LogFields;
import dev.waybill.messaging.MessageJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

/** What handling leaves in the log. */
class LogOfMessagesTest extends FedByHand {

    private static final Map<String, String> NUMBER = Map.of(Header.ORDER_NUMBER, "W-100042");

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.waybill.messaging");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.DEBUG);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void eachHandledMessageIsALineAtDebugThatNamesItsOrder() {
        handling().handle(List.of(confirm(ALICE), confirm(BOB)));
        assertThat(log.list).filteredOn(line -> line.getFormattedMessage().contains("handled ConfirmOrder"))
                .allSatisfy(line -> assertThat(line.getLevel()).isEqualTo(Level.DEBUG))
                .extracting(line -> line.getMDCPropertyMap().get(LogFields.ORDER))
                .containsExactly(ALICE.toString(), BOB.toString());
    }

    @Test
    void itNamesTheOrdersNumberIfTheMessageDoes() {
        handling().handle(List.of(record(ALICE, MessageJson.write(new ConfirmOrder(ALICE)), NUMBER), confirm(BOB)));
        assertThat(log.list).filteredOn(line -> line.getFormattedMessage().contains("handled ConfirmOrder"))
                .extracting(line -> line.getMDCPropertyMap().get(LogFields.NUMBER)).containsExactly("W-100042", null);
    }

    /** Whoever looks for an order finds first of all why it stands still. */
    @Test
    void whatIsParkedIsPartOfItsOrdersStoryThoughItCannotBeRead() {
        handling().handle(List.of(record(ALICE, "no json", NUMBER)));
        assertThat(log.list).filteredOn(line -> line.getFormattedMessage().contains("is parked")).singleElement()
                .satisfies(line -> assertThat(line.getMDCPropertyMap()).containsEntry(LogFields.NUMBER, "W-100042")
                        .containsEntry(LogFields.ORDER, ALICE.toString()));
    }

    @Test
    void atInfoAHandledMessageIsNoLine() {
        logger.setLevel(Level.INFO);
        handling().handle(List.of(confirm(ALICE)));
        assertThat(log.list).isEmpty();
    }

    /** Jackson quotes what it cannot read. */
    @ParameterizedTest
    @ValueSource(strings = {"Alice Doe", "{\"orderId\": Alice Doe}", "{\"orderId\": \"Alice Doe\"}",
            "{\"orderId\": {\"Alice Doe\": 1}}", "[\"Alice Doe\"", "\"Alice Doe"})
    void whatCannotBeReadIsNotQuoted(String payload) {
        handling().handle(List.of(record(ALICE, payload, Map.of())));
        assertThat(parked()).hasSize(1);
        assertThat(lines()).anySatisfy(line -> assertThat(line).contains("is parked", "without its words"))
                .allSatisfy(line -> assertThat(line).doesNotContain("Alice", "Doe"));
    }

    private Stream<String> lines() {
        return log.list.stream().map(line -> line.getFormattedMessage() + "\n"
                + requireNonNullElse(ThrowableProxyUtil.asString(line.getThrowableProxy()), ""));
    }
}
