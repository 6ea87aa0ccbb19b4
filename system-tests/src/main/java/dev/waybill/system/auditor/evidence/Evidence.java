package dev.waybill.system.auditor.evidence;

import dev.waybill.system.auditor.evidence.Fact.Asked;
import dev.waybill.system.auditor.evidence.Fact.Heard;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the auditor has to judge: everything that has changed since it last looked, and the first time everything there is.
 *
 * @param asked the client's log; empty where nobody kept one
 * @param dossiers the orders, the one that was placed first first
 * @param underWay the orders with which something was still happening while all this was read: of them only what holds at
 *     any time can be judged
 * @param overdue what should have ended by now
 * @param strays records without a key, which are about no order
 */
public record Evidence(List<Asked> asked, List<Dossier> dossiers, Set<String> underWay, List<Pending> overdue,
        StockBooks stock, List<Heard> strays) {

    public Evidence {
        asked = List.copyOf(asked);
        dossiers = List.copyOf(dossiers);
        underWay = Set.copyOf(underWay);
        overdue = List.copyOf(overdue);
        strays = List.copyOf(strays);
    }

    public boolean isAtRest(Dossier dossier) {
        return !underWay.contains(dossier.orderId());
    }

    public @Nullable Dossier dossier(String orderId) {
        return dossiers.stream().filter(dossier -> Objects.equals(dossier.orderId(), orderId)).findFirst().orElse(null);
    }
}
