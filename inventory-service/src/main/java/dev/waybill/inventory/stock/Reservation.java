package dev.waybill.inventory.stock;

import dev.waybill.events.InventoryCommand.Restock;
import dev.waybill.events.InventoryEvent.RefusalReason;
import dev.waybill.events.InventoryEvent.ReservationAnswer;
import dev.waybill.events.InventoryEvent.Shortage;
import dev.waybill.events.InventoryEvent.StockCommitted;
import dev.waybill.events.InventoryEvent.StockRefused;
import dev.waybill.events.InventoryEvent.StockReleased;
import dev.waybill.events.InventoryEvent.StockReserved;
import dev.waybill.events.InventoryEvent.StockRestocked;
import dev.waybill.events.OrderId;
import dev.waybill.events.RestockId;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What of the stock is held for one order: all that it asked for, or nothing. It remembers what was said, a refusal
 * included, so a command that comes twice is answered alike and moves nothing. Once released, even before anything was
 * reserved, it never holds anything again. Of what was committed pieces may come back, never more than had left.
 */
@Entity
@Table(name = "reservation")
class Reservation implements Aggregate {

    enum Status {
        HELD, COMMITTED, RELEASED, REFUSED
    }

    /** What came back at one time: summed per SKU, in SKU order. */
    record CameBack(RestockId id, List<StockLine> lines) {}

    @Id
    @Column(name = "order_id")
    private UUID orderId;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private Status status;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    private List<StockLine> lines;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    private List<Shortage> shortages;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    private List<CameBack> restocks = List.of();

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt;

    @Embedded
    private EventCounter events = new EventCounter();

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init") // JPA fills it
    protected Reservation() {}

    private Reservation(
            OrderId orderId, Status status, List<StockLine> lines, List<Shortage> shortages, Instant now) {
        this.orderId = orderId.value();
        this.status = status;
        this.lines = List.copyOf(lines);
        this.shortages = List.copyOf(shortages);
        this.createdAt = now;
        this.updatedAt = now;
    }

    /** Holds everything that the order asks for, or, where any of it is short, nothing. */
    static Reservation request(OrderId orderId, List<StockLine> asked, Stock stock, Instant now) {
        Demand demand = Demand.of(asked);
        List<Shortage> shortages = stock.shortages(demand);
        if (!shortages.isEmpty()) {
            return new Reservation(orderId, Status.REFUSED, demand.lines(), shortages, now);
        }
        stock.reserve(orderId, demand.lines(), now);
        return new Reservation(orderId, Status.HELD, demand.lines(), List.of(), now);
    }

    /** Stands in the way of a reservation that comes after its own release. */
    static Reservation neverAgain(OrderId orderId, Instant now) {
        return new Reservation(orderId, Status.RELEASED, List.of(), List.of(), now);
    }

    /** The answer to whoever asks for the stock, for the first time or again. */
    ReservationAnswer answer() {
        return switch (status) {
            case HELD, COMMITTED -> new StockReserved(orderId(), lines);
            case REFUSED -> new StockRefused(orderId(), RefusalReason.OUT_OF_STOCK, shortages);
            case RELEASED -> new StockRefused(orderId(), RefusalReason.ALREADY_RELEASED, List.of());
        };
    }

    /**
     * @throws IllegalStateException when the stock has already left
     */
    StockReleased release(Stock stock, Instant now) {
        return switch (status) {
            case HELD -> {
                stock.release(orderId(), lines, now);
                become(Status.RELEASED, now);
                yield new StockReleased(orderId(), lines);
            }
            case RELEASED -> new StockReleased(orderId(), lines);
            case REFUSED -> new StockReleased(orderId(), List.of());
            case COMMITTED -> throw new IllegalStateException(this + " cannot be released: the stock has left");
        };
    }

    /**
     * @throws IllegalStateException when nothing is held
     */
    StockCommitted commit(Stock stock, Instant now) {
        return switch (status) {
            case HELD -> {
                stock.commit(orderId(), lines, now);
                become(Status.COMMITTED, now);
                yield new StockCommitted(orderId(), lines);
            }
            case COMMITTED -> new StockCommitted(orderId(), lines);
            case RELEASED, REFUSED -> throw new IllegalStateException(this + " cannot be committed: nothing is held");
        };
    }

    /**
     * Takes back pieces that had left for the order. Asked for again under the same id it is answered again.
     *
     * @throws IllegalStateException when nothing has left, or less than would come back in all, or the id stands for other pieces
     */
    StockRestocked restock(Restock command, Stock stock, Instant now) {
        Demand back = Demand.of(command.lines());
        Optional<CameBack> before = restocks.stream().filter(one -> one.id().equals(command.restockId())).findFirst();
        if (before.isPresent()) {
            if (!Demand.of(before.get().lines()).equals(back)) {
                throw new IllegalStateException(
                        "%s took back other pieces under %s".formatted(this, command.restockId()));
            }
        } else {
            requireOutside(back);
            stock.restock(orderId(), back.lines(), now);
            restocks = Stream.concat(restocks.stream(), Stream.of(new CameBack(command.restockId(), back.lines())))
                    .toList();
            updatedAt = now;
        }
        return new StockRestocked(orderId(), command.restockId(), back.lines());
    }

    private void requireOutside(Demand back) {
        Demand left = Demand.of(status == Status.COMMITTED ? lines : List.of());
        Demand returned = Demand.of(restocked());
        back.pieces().forEach((sku, pieces) -> {
            if (pieces > left.of(sku) - returned.of(sku)) {
                throw new IllegalStateException(
                        "%s cannot take back %d of %s: %d have left for it, and %d of them are back"
                                .formatted(this, pieces, sku, left.of(sku), returned.of(sku)));
            }
        });
    }

    private void become(Status next, Instant now) {
        status = next;
        updatedAt = now;
    }

    OrderId orderId() {
        return new OrderId(orderId);
    }

    Status status() {
        return status;
    }

    /** Summed per SKU, in SKU order: what is or was held, or what was refused. */
    List<StockLine> lines() {
        return lines;
    }

    /** Summed per SKU, in SKU order: what had left for the order and is back. */
    List<StockLine> restocked() {
        return Demand.of(restocks.stream().flatMap(one -> one.lines().stream()).toList()).lines();
    }

    Instant createdAt() {
        return createdAt;
    }

    @Override
    public String subject() {
        return "reservation/" + orderId;
    }

    @Override
    public EventCounter events() {
        return events;
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(subject(), status);
    }
}
