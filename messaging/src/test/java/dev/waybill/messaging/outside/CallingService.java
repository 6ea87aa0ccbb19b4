package dev.waybill.messaging.outside;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import dev.waybill.testing.TestServers;
import dev.waybill.testing.TestServers.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A service that makes two kinds of calls, in any number of processes, on a real PostgreSQL. */
abstract class CallingService {

    static final String AUTHORIZE = "authorize";
    static final String CANCEL = "cancel";

    final Database database = TestServers.freshDatabase("outside_calls");
    final ScriptedCall authorize = new ScriptedCall(AUTHORIZE);
    final ScriptedCall cancel = new ScriptedCall(CANCEL);
    final OrderId order = new OrderId(Ids.next());
    private final List<CallingProcess> processes = new ArrayList<>();

    @BeforeEach
    void schema() throws SQLException {
        try (Connection connection = database.connect(); var statement = connection.createStatement()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("db/messaging/V2__outside_calls.sql"));
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("db/messaging/V5__outside_calls_about.sql"));
            ScriptUtils.executeSqlScript(connection,
                    new ClassPathResource("db/messaging/V8__outside_calls_order_numbers.sql"));
            statement.execute("create table effect (order_id uuid not null)");
        }
    }

    @AfterEach
    void end() {
        processes.forEach(CallingProcess::close);
        assertThat(authorize.faults).isEmpty();
        assertThat(cancel.faults).isEmpty();
    }

    CallingProcess running() {
        return running(CallingProcess.QUICK);
    }

    CallingProcess running(OutsideCallSettings settings) {
        return process(CallingProcess.running(database, settings, authorize, cancel));
    }

    CallingProcess process(CallingProcess process) {
        processes.add(process);
        return process;
    }

    static OutsideCallSettings claiming(Duration claim) {
        return new OutsideCallSettings(
                8,
                claim,
                CallingProcess.QUICK.firstPause(),
                CallingProcess.QUICK.longestPause(),
                CallingProcess.QUICK.idlePoll(),
                CallingProcess.QUICK.shutdown());
    }

    static void effect(CallingProcess process, OrderId orderId) {
        process.jdbc.update("insert into effect values (?)", orderId.value());
    }

    static int effects(CallingProcess process, OrderId orderId) {
        Integer count = process.jdbc
                .queryForObject("select count(*) from effect where order_id = ?", Integer.class, orderId.value());
        return count == null ? 0 : count;
    }

    static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
