package dev.waybill.system.auditor.evidence;

import dev.waybill.system.auditor.evidence.Fact.Asked;
import dev.waybill.system.auditor.evidence.Fact.Charge;
import dev.waybill.system.auditor.evidence.Fact.Expired;
import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.evidence.Fact.Movement;
import dev.waybill.system.auditor.evidence.Fact.Noted;
import dev.waybill.system.auditor.evidence.Fact.Order;
import dev.waybill.system.auditor.evidence.Fact.Parcel;
import dev.waybill.system.auditor.evidence.Fact.Parked;
import dev.waybill.system.auditor.evidence.Fact.Payment;
import dev.waybill.system.auditor.evidence.Fact.RefundedByHand;
import dev.waybill.system.auditor.evidence.Fact.Reservation;
import dev.waybill.system.auditor.evidence.Fact.Returned;
import dev.waybill.system.auditor.evidence.Fact.Saga;
import dev.waybill.system.auditor.evidence.Fact.Said;
import dev.waybill.system.auditor.evidence.Fact.Shipment;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** All that is known about one order, from every source. Filled by several readers at once, and then only read. */
public final class Dossier {

    private static final Comparator<Said> BY_ROW = Comparator.comparing(Said::database).thenComparingLong(Said::row);
    private static final Comparator<Heard> BY_PLACE = Comparator.comparing((Heard heard) -> heard.letter().topic())
            .thenComparingInt(Heard::partition).thenComparingLong(Heard::offset);

    private static final Comparator<Noted> BY_LINE = Comparator.comparing(Noted::sagaId)
            .thenComparingInt(Noted::number);

    private final String orderId;
    private final List<Said> said = new ArrayList<>(0);
    private final List<Heard> heard = new ArrayList<>(0);
    private final List<Movement> movements = new ArrayList<>(0);
    private final List<Asked> asked = new ArrayList<>(0);
    private final List<Saga> sagas = new ArrayList<>(0);
    private final List<Noted> notes = new ArrayList<>(0);
    private final List<Parked> parked = new ArrayList<>(0);
    private final List<Charge> charges = new ArrayList<>(0);
    private final List<Parcel> parcels = new ArrayList<>(0);
    private final List<Returned> returns = new ArrayList<>(0);
    private final List<RefundedByHand> refunds = new ArrayList<>(0);
    private final List<Expired> expired = new ArrayList<>(0);
    private boolean sorted;
    private @Nullable Order order;
    private @Nullable Reservation reservation;
    private @Nullable Payment payment;
    private @Nullable Shipment shipment;

    public Dossier(String orderId) {
        this.orderId = orderId;
    }

    /** A row that is already there is replaced by the newer one. */
    public synchronized void add(Fact fact) {
        sorted = false;
        switch (fact) {
            case Said one -> said.add(new Said(one.database(), one.row(), shared(one.letter())));
            case Heard one -> heard.add(new Heard(one.partition(), one.offset(), shared(one.letter())));
            case Movement one -> movements.add(one);
            case Asked one -> asked.add(one);
            case Saga one -> sagas.add(one);
            case Noted one -> notes.add(one);
            case Parked one -> parked.add(one);
            case Charge one -> charges.add(one);
            case Parcel one -> parcels.add(one);
            case Returned one -> returns.add(one);
            case RefundedByHand one -> refunds.add(one);
            case Expired one -> expired.add(one);
            case Order one -> order = one;
            case Reservation one -> reservation = one;
            case Payment one -> payment = one;
            case Shipment one -> shipment = one;
        }
    }

    /** Forgets what is to be read again as a whole. What only ever grows stays: messages and stock movements. */
    public synchronized void forgetWhatChanges() {
        Stream.of(asked, sagas, notes, parked, charges, parcels, returns, refunds, expired).forEach(List::clear);
    }

    /** What stands in the outbox stands on the topic too: it is kept once. */
    private Letter shared(Letter letter) {
        UUID id = letter.id();
        UUID cause = letter.causationId();
        for (int n = 0; n < said.size() + heard.size(); n++) {
            Letter other = n < said.size() ? said.get(n).letter() : heard.get(n - said.size()).letter();
            if (other.equals(letter)) {
                return other;
            }
            id = other.id().equals(id) ? other.id() : id;
            cause = other.id().equals(cause) ? other.id() : cause;
        }
        return letter.sharing(orderId, id, cause);
    }

    private void sort() {
        if (!sorted) {
            said.sort(BY_ROW);
            heard.sort(BY_PLACE);
            notes.sort(BY_LINE);
            sorted = true;
        }
    }

    public String orderId() {
        return orderId;
    }

    /** As the rows follow each other in each outbox. */
    public synchronized List<Said> said() {
        sort();
        return Collections.unmodifiableList(said);
    }

    /** As the records follow each other in each partition. */
    public synchronized List<Heard> heard() {
        sort();
        return Collections.unmodifiableList(heard);
    }

    public List<Movement> movements() {
        return Collections.unmodifiableList(movements);
    }

    public List<Asked> asked() {
        return Collections.unmodifiableList(asked);
    }

    public List<Saga> sagas() {
        return Collections.unmodifiableList(sagas);
    }

    /** In the order of the journal. */
    public synchronized List<Noted> notes() {
        sort();
        return Collections.unmodifiableList(notes);
    }

    public List<Parked> parked() {
        return Collections.unmodifiableList(parked);
    }

    public List<Charge> charges() {
        return Collections.unmodifiableList(charges);
    }

    public List<Parcel> parcels() {
        return Collections.unmodifiableList(parcels);
    }

    public List<Returned> returns() {
        return Collections.unmodifiableList(returns);
    }

    public List<RefundedByHand> refundsByHand() {
        return Collections.unmodifiableList(refunds);
    }

    /** Whether the payment says that this authorization ran out. */
    public boolean hasExpired(String reference) {
        return expired.stream().anyMatch(one -> one.reference().equals(reference));
    }

    /** Whether a person has ended it, and has seen to what it left undone. */
    public boolean isResolvedByAPerson(Saga saga) {
        return notes.stream().anyMatch(note -> note.sagaId().equals(saga.id()) && note.kind().equals("RESOLVED"));
    }

    public @Nullable Order order() {
        return order;
    }

    public @Nullable Reservation reservation() {
        return reservation;
    }

    public @Nullable Payment payment() {
        return payment;
    }

    public @Nullable Shipment shipment() {
        return shipment;
    }
}
