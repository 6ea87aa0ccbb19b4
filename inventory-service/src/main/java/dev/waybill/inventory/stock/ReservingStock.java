package dev.waybill.inventory.stock;

import dev.waybill.events.InventoryCommand;
import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.InventoryCommand.Restock;
import dev.waybill.events.OrderId;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Outbox;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds stock for orders, gives it back, lets it leave, takes back what had left. Each command is answered by one event, in the transaction that
 * changes the stock. Reservations are locked before stock, each in their own order, so commands that run side by side wait
 * for each other and never deadlock.
 */
@Service
class ReservingStock {

    private final Reservations reservations;
    private final StockItems stockItems;
    private final Outbox outbox;
    private final Clock clock;

    ReservingStock(Reservations reservations, StockItems stockItems, Outbox outbox, Clock clock) {
        this.reservations = reservations;
        this.stockItems = stockItems;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Locks all that the commands will touch, so that each finds it locked. */
    @Transactional
    void prefetch(List<? extends InventoryCommand<?>> commands) {
        Set<Sku> skus = new HashSet<>();
        List<OrderId> orderIds = commands.stream().map(InventoryCommand::orderId).distinct().toList();
        reservations.lock(orderIds).forEach(reservation -> addSkus(skus, reservation.lines()));
        commands.forEach(command -> {
            switch (command) {
                case ReserveStock reserve -> addSkus(skus, reserve.lines());
                case Restock restock -> addSkus(skus, restock.lines());
                case ReleaseStock _,CommitStock _ -> {
                }
            }
        });
        stockItems.lock(skus);
    }

    @Transactional
    void reserve(ReserveStock command) {
        Optional<Reservation> known = reservations.lock(command.orderId());
        if (known.isPresent()) {
            outbox.append(known.get(), known.get().answer());
            return;
        }
        Stock stock = lock(command.lines());
        Reservation reservation = Reservation.request(command.orderId(), command.lines(), stock, now());
        outbox.append(reservation, reservation.answer());
        // Added last, so that it is inserted as it is after the event, and not updated again.
        reservations.add(reservation);
        stockItems.record(stock);
    }

    @Transactional
    void release(ReleaseStock command) {
        Optional<Reservation> known = reservations.lock(command.orderId());
        Reservation reservation = known.orElseGet(() -> Reservation.neverAgain(command.orderId(), now()));
        Stock stock = lock(reservation.lines());
        outbox.append(reservation, reservation.release(stock, now()));
        if (known.isEmpty()) {
            reservations.add(reservation);
        }
        stockItems.record(stock);
    }

    /**
     * @throws IllegalStateException when nothing is held for the order: nobody should have asked
     */
    @Transactional
    void commit(CommitStock command) {
        Reservation reservation = reservations.lock(command.orderId())
                .orElseThrow(() -> new IllegalStateException("Nothing was ever held for " + command.orderId()));
        Stock stock = lock(reservation.lines());
        outbox.append(reservation, reservation.commit(stock, now()));
        stockItems.record(stock);
    }

    /**
     * @throws IllegalStateException when that much has not left for the order: nobody should have asked
     */
    @Transactional
    void restock(Restock command) {
        Reservation reservation = reservations.lock(command.orderId())
                .orElseThrow(() -> new IllegalStateException("Nothing was ever held for " + command.orderId()));
        Stock stock = lock(command.lines());
        outbox.append(reservation, reservation.restock(command, stock, now()));
        stockItems.record(stock);
    }

    private Stock lock(List<StockLine> lines) {
        Set<Sku> skus = new HashSet<>();
        addSkus(skus, lines);
        return stockItems.lock(skus);
    }

    private static void addSkus(Set<Sku> skus, List<StockLine> lines) {
        lines.forEach(line -> skus.add(line.sku()));
    }

    private Instant now() {
        return clock.instant();
    }
}
