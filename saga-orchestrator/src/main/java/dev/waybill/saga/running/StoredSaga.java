package dev.waybill.saga.running;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import dev.waybill.saga.engine.Call;
import dev.waybill.saga.engine.Instance;
import dev.waybill.saga.engine.Saga;
import dev.waybill.saga.engine.Status;
import dev.waybill.saga.engine.Transition;
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
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * The row of one saga: its instance in stored form, and beside it what the row is looked for by. It says no events, it sends
 * commands; its counter gives them their logical time.
 */
@Entity
@Table(name = "saga")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // JPA fills and reads it
class StoredSaga implements Aggregate {

    @Id
    private UUID id;
    private String type;
    private int definitionVersion;
    private UUID orderId;
    /** What people call the order; none where it was not known when the saga began. */
    private @Nullable String orderNumber;
    /** What it works on within the order; none stands for the order itself. */
    private @Nullable UUID reference;
    @Enumerated(EnumType.STRING)
    private Status status;
    private String step;
    @JdbcTypeCode(SqlTypes.JSON)
    private String data;
    @JdbcTypeCode(SqlTypes.JSON)
    private String calls;
    private @Nullable Instant deadline;
    /** How many journal entries there are, so that the next can be numbered without reading any. */
    @Column(name = "journal_size")
    private int journalSize;
    @Version
    private long version;
    private Instant startedAt;
    private Instant updatedAt;
    /** When it last came further; none in a row that is older than this column. */
    private @Nullable Instant movedAt;
    @Embedded
    private EventCounter events = new EventCounter();

    protected StoredSaga() {}

    StoredSaga(
            Saga<?> definition, OrderId orderId, @Nullable OrderNumber number, @Nullable UUID reference,
            Instance<?> instance) {
        this.id = instance.id().value();
        this.type = definition.name();
        this.definitionVersion = instance.definitionVersion();
        this.orderId = orderId.value();
        this.orderNumber = number == null ? null : number.value();
        this.reference = reference;
        this.startedAt = instance.startedAt();
        this.movedAt = instance.startedAt();
        remember(instance, instance.startedAt());
    }

    /** Takes over where a transition has led to. */
    <S> void advance(Instance<S> before, Transition<S> transition, Instant now) {
        if (transition.instance().hasMovedSince(before)) {
            movedAt = now;
        }
        remember(transition.instance(), now);
    }

    /** Takes over what an instance has become. */
    void remember(Instance<?> instance, Instant now) {
        updatedAt = now;
        status = instance.status();
        step = instance.step();
        data = SagaJson.data(instance);
        calls = SagaJson.calls(instance);
        deadline = instance.deadline();
    }

    <S> Instance<S> instance(Saga<S> definition) {
        return new Instance<>(
                new SagaId(id),
                definitionVersion,
                status,
                SagaJson.readData(definition, data),
                SagaJson.readCalls(calls),
                startedAt);
    }

    /** The number of the next journal entry, from 1. */
    int nextJournalEntry() {
        return ++journalSize;
    }

    SagaId id() {
        return new SagaId(id);
    }

    OrderId orderId() {
        return new OrderId(orderId);
    }

    /** The step for which a command was sent; where it is none of ours, the one that the saga has come to. */
    String stepOf(MessageId command) {
        return SagaJson.readCalls(calls).stream().filter(call -> call.id().equals(command)).map(Call::step).findFirst()
                .orElse(step);
    }

    String step() {
        return step;
    }

    /** Whether it is of this type and works on this within its order. */
    boolean worksOn(String type, @Nullable UUID reference) {
        return this.type.equals(type) && Objects.equals(this.reference, reference);
    }

    String type() {
        return type;
    }

    /** Goes up with every change that is written. */
    long version() {
        return version;
    }

    int definitionVersion() {
        return definitionVersion;
    }

    @Override
    public String subject() {
        return "saga/" + id;
    }

    @Override
    public @Nullable OrderNumber orderNumber() {
        return orderNumber == null ? null : new OrderNumber(orderNumber);
    }

    @Override
    public EventCounter events() {
        return events;
    }
}
