package dev.waybill.system.auditor.reading;

import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Evidence.Asked;
import dev.waybill.system.auditor.evidence.Evidence.Parked;
import dev.waybill.system.auditor.evidence.Evidence.Relay;
import dev.waybill.system.auditor.evidence.Evidence.Said;

import java.util.ArrayList;
import java.util.List;

/** Reads everything once. Sources are read one after another, so the platform has to be quiet for them to fit together. */
public final class EvidenceReader {

    private EvidenceReader() {}

    public static Evidence read(Addresses addresses, List<Asked> clientLog) {
        try (Database orders = Database.open(addresses, "orders");
                Database inventory = Database.open(addresses, "inventory");
                Database payments = Database.open(addresses, "payments");
                Database shipping = Database.open(addresses, "shipping");
                Database saga = Database.open(addresses, "saga");
                BooksReader books = new BooksReader(addresses.simulators())) {
            List<Relay> relays = new ArrayList<>();
            List<Said> said = new ArrayList<>();
            List<Parked> parked = new ArrayList<>();
            for (Database database : List.of(orders, inventory, payments, shipping, saga)) {
                relays.add(DatabaseReader.relay(database));
                said.addAll(DatabaseReader.said(database));
                parked.addAll(DatabaseReader.parked(database));
            }
            return new Evidence(
                    clientLog,
                    DatabaseReader.orders(orders),
                    DatabaseReader.stock(inventory),
                    DatabaseReader.movements(inventory),
                    DatabaseReader.reservations(inventory),
                    DatabaseReader.payments(payments),
                    DatabaseReader.shipments(shipping),
                    DatabaseReader.sagas(saga),
                    relays,
                    said,
                    TopicReader.everything(addresses),
                    parked,
                    books.charges(),
                    books.parcels());
        }
    }
}
