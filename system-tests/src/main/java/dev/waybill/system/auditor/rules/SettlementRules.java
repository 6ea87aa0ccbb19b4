package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Fact.Acknowledgement;
import dev.waybill.system.auditor.evidence.Fact.Asked;
import dev.waybill.system.auditor.evidence.Fact.Order;
import dev.waybill.system.auditor.evidence.Fact.Saga;
import dev.waybill.system.auditor.rules.Rule.Objections;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

/** I3, first half: every order that was acknowledged is the one that was asked for, is there once, and is settled once. */
final class SettlementRules {

    private static final String CONFIRMED = "dev.waybill.order.confirmed.v1";
    private static final String REJECTED = "dev.waybill.order.rejected.v1";
    private static final String CANCELLED = "dev.waybill.order.cancelled.v1";
    private static final Set<String> ENDINGS = Set.of(CONFIRMED, REJECTED, CANCELLED);

    static final List<Rule> ALL = List.of(
            Rule.atRest("I3 what was acknowledged is there as it was asked for", SettlementRules::acknowledgedIsThere),
            Rule.ofAll("I3 the same key gives the same order", SettlementRules::sameKeySameOrder),
            Rule.ofAll("I3 no order is there that nobody asked for", SettlementRules::askedFor),
            Rule.atRest("I3 every order is settled once", SettlementRules::settledOnce),
            Rule.atRest("I3 the saga ended as the order did", SettlementRules::sagaAgrees));

    private SettlementRules() {}

    private static void acknowledgedIsThere(Dossier dossier, Objections objections) {
        Order order = dossier.order();
        for (Asked asked : dossier.asked()) {
            Acknowledgement told = asked.acknowledged();
            if (order == null) {
                objections.about(dossier, "was acknowledged, key %s, and is in no database", asked.key());
            } else if (told != null && (!order.lines().equals(asked.lines())
                    || !order.customerId().equals(asked.customerId()) || !order.total().equals(told.total()))) {
                objections.about(dossier, "was asked for as %s and acknowledged as %s, but is kept as %s", asked, told,
                        order);
            }
        }
    }

    private static void sameKeySameOrder(Evidence evidence, Objections objections) {
        record Key(String customerId, String key) {}
        Map<Key, Set<String>> given = evidence.asked().stream().filter(asked -> asked.orderId() != null)
                .collect(groupingBy(asked -> new Key(asked.customerId(), asked.key()),
                        mapping(asked -> String.valueOf(asked.orderId()), toSet())));
        given.forEach((key, orders) -> {
            if (orders.size() > 1) {
                objections.about(orders.iterator().next(), "%s was answered by %d orders: %s", key, orders.size(),
                        orders);
            }
        });
    }

    /** Only about customers whose log we have, and only once each of their attempts came to an acknowledgement. */
    private static void askedFor(Evidence evidence, Objections objections) {
        Map<String, List<Asked>> log = evidence.asked().stream().collect(groupingBy(Asked::customerId));
        Map<String, List<Order>> placed = new HashMap<>();
        for (Dossier dossier : evidence.dossiers()) {
            Order order = dossier.order();
            if (order != null && dossier.asked().isEmpty() && log.containsKey(order.customerId())
                    && evidence.isAtRest(dossier)) {
                placed.computeIfAbsent(order.customerId(), customer -> new ArrayList<>()).add(order);
            }
        }
        placed.forEach((customerId, surplus) -> {
            List<Asked> attempts = log.getOrDefault(customerId, List.of());
            Set<String> open = new HashSet<>(attempts.stream().map(Asked::key).toList());
            attempts.stream().filter(attempt -> attempt.orderId() != null).map(Asked::key).forEach(open::remove);
            if (surplus.size() > open.size()) {
                objections.about(surplus.getLast().orderId(),
                        "%s has %d orders that were never acknowledged, and asked "
                                + "only %d times without an answer",
                        customerId, surplus.size(), open.size());
            }
        });
    }

    private static void settledOnce(Dossier dossier, Objections objections) {
        Order order = dossier.order();
        if (order == null) {
            return;
        }
        Map<String, Set<UUID>> told = new TreeMap<>();
        dossier.heard().stream().map(heard -> heard.letter()).filter(letter -> ENDINGS.contains(letter.type()))
                .forEach(letter -> told.computeIfAbsent(letter.type(), type -> new HashSet<>()).add(letter.id()));
        if (told.values().stream().anyMatch(once -> once.size() > 1)) {
            objections.about(dossier, "is %s, and its ending was told more than once: %s", order.status(), told);
        } else if (order.isSettled() && !possible(order.status()).contains(told.keySet())) {
            objections.about(dossier, "is %s, but what was told is %s", order.status(), told.keySet());
        }
    }

    /** What can have been told of an order that is this now: a confirmed one may be cancelled still, a rejected one may not. */
    private static Set<Set<String>> possible(String status) {
        return switch (status) {
            case "REJECTED" -> Set.of(Set.of(REJECTED));
            case "CANCELLED" -> Set.of(Set.of(CANCELLED), Set.of(CONFIRMED, CANCELLED));
            default -> Set.of(Set.of(CONFIRMED));
        };
    }

    private static void sagaAgrees(Dossier dossier, Objections objections) {
        Order order = dossier.order();
        if (order == null) {
            return;
        }
        List<Saga> sagas = dossier.sagas().stream().filter(saga -> saga.type().equals("order-fulfillment")).toList();
        if (sagas.size() != 1) {
            objections.about(dossier, "has %d fulfillment sagas", sagas.size());
        } else if (order.isSettled() && !endedLike(order, sagas.getFirst(), wasTakenBack(dossier))) {
            objections.about(dossier, "is %s, its saga %s at '%s'", order.status(), sagas.getFirst().status(),
                    sagas.getFirst().step());
        }
    }

    private static boolean wasTakenBack(Dossier dossier) {
        return dossier.sagas().stream()
                .filter(saga -> saga.type().equals("order-cancellation") && saga.status().equals("COMPLETED"))
                .count() == 1;
    }

    private static boolean endedLike(Order order, Saga saga, boolean wasTakenBack) {
        return switch (saga.status()) {
            case "COMPLETED" -> order.isFulfilled() || (order.status().equals("CANCELLED") && wasTakenBack);
            case "COMPENSATED" -> order.isUndone();
            default -> false;
        };
    }
}
