package dev.waybill.inventory.stock;

import dev.waybill.events.InventoryCommand;
import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.InventoryCommand.Restock;
import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.RestockId;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Ids;
import dev.waybill.testing.RealServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The use cases with a real database around them, and an outbox that remembers. */
@DataJpaTest
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@ContextConfiguration(initializers = RealServers.class)
@Import({ReservingStock.class, AdjustingStock.class, ReleasingLeftHolds.class, OverdueHolds.class, Reservations.class,
        StockItems.class, RecordingOutbox.class, StockFixture.Surroundings.class})
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@TestPropertySource(properties = "spring.jpa.properties.hibernate.generate_statistics=true")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StockFixture {

    static final Duration HOLD_FOR = Duration.ofMinutes(30);

    @TestConfiguration(proxyBeanMethods = false)
    static class Surroundings {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        StockSettings settings() {
            return new StockSettings(HOLD_FOR, Duration.ofHours(1));
        }
    }

    @Autowired
    ReservingStock reserving;

    @Autowired
    AdjustingStock adjusting;

    @Autowired
    RecordingOutbox outbox;

    @Autowired
    EntityManagerFactory entityManagerFactory;

    @Autowired
    JdbcClient database;

    @Autowired
    PlatformTransactionManager transactions;

    /** As the subscription does it: one transaction for a batch, and the prefetch ahead of the first handler. */
    void handle(InventoryCommand<?>... commands) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            reserving.prefetch(List.of(commands));
            for (InventoryCommand<?> command : commands) {
                switch (command) {
                    case ReserveStock reserve -> reserving.reserve(reserve);
                    case ReleaseStock release -> reserving.release(release);
                    case CommitStock commit -> reserving.commit(commit);
                    case Restock restock -> reserving.restock(restock);
                }
            }
        });
    }

    /** Fails where one of them does. */
    static void atOnce(Stream<Runnable> tasks) {
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<?> each : tasks.<Future<?>>map(threads::submit).toList()) {
                each.get();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    void stockUp(String sku, int onHand) {
        database.sql("insert into stock_item (sku, on_hand, reserved, version) values (?, ?, 0, 1)")
                .params(sku, onHand).update();
        database.sql("""
                insert into stock_movement (sku, version, at, kind, quantity, on_hand, reserved)
                values (?, 1, now(), 'INITIAL', ?, ?, 0)
                """).params(sku, onHand, onHand).update();
    }

    record Counts(int onHand, int reserved) {}

    Counts counts(String sku) {
        return database.sql("select on_hand, reserved from stock_item where sku = ?").param(sku).query(Counts.class)
                .single();
    }

    String status(OrderId order) {
        return database.sql("select status from reservation where order_id = ?").param(order.value())
                .query(String.class).single();
    }

    static ReserveStock reserve(OrderId order, StockLine... lines) {
        return new ReserveStock(order, List.of(lines));
    }

    static Restock restock(OrderId order, RestockId id, StockLine... lines) {
        return new Restock(order, id, List.of(lines));
    }

    static RestockId restockId() {
        return new RestockId(Ids.next());
    }

    static StockLine line(String sku, int quantity) {
        return new StockLine(new Sku(sku), Quantity.of(quantity));
    }

    static List<OrderId> orders(int count) {
        return Stream.generate(StockFixture::order).limit(count).toList();
    }

    static OrderId order() {
        return new OrderId(Ids.next());
    }
}
