package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Evidence.Acknowledgement;
import dev.waybill.system.auditor.evidence.Evidence.Asked;
import dev.waybill.system.auditor.evidence.Evidence.Heard;
import dev.waybill.system.auditor.evidence.Evidence.Order;
import dev.waybill.system.auditor.evidence.Evidence.Saga;
import dev.waybill.system.auditor.rules.Rule.Objections;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

/** I3, first half: every order that was acknowledged is the one that was asked for, is there once, and is settled once. */
final class SettlementRules {

    private static final Set<String> ENDINGS = Set.of("dev.waybill.order.confirmed.v1",
            "dev.waybill.order.rejected.v1");

    static final List<Rule> ALL = Stream.concat(Stream.of(
            new Rule("I3 what was acknowledged is there as it was asked for", SettlementRules::acknowledgedIsThere),
            new Rule("I3 the same key gives the same order", SettlementRules::sameKeySameOrder),
            new Rule("I3 no order is there that nobody asked for", SettlementRules::askedFor),
            new Rule("I3 every order is settled", SettlementRules::settled),
            new Rule("I3 every order is settled once", SettlementRules::settledOnce),
            new Rule("I3 the saga ended as the order did", SettlementRules::sagaAgrees)),
            AgreementRules.ALL.stream()).toList();

    private SettlementRules() {}

    private static void acknowledgedIsThere(Evidence evidence, Objections objections) {
        Map<String, Order> orders = evidence.orders().stream().collect(toMap(Order::id, order -> order));
        for (Asked asked : evidence.asked()) {
            Acknowledgement told = asked.acknowledged();
            if (told == null) {
                continue;
            }
            Order order = orders.get(told.orderId());
            if (order == null) {
                objections.about(told.orderId(), "was acknowledged, key %s, and is in no database", asked.key());
            } else if (!order.lines().equals(asked.lines()) || !order.customerId().equals(asked.customerId())
                    || !order.total().equals(told.total())) {
                objections.about(order.id(), "was asked for as %s and acknowledged as %s, but is kept as %s", asked,
                        told, order);
            }
        }
    }

    private static void sameKeySameOrder(Evidence evidence, Objections objections) {
        record Key(String customerId, String key) {}
        Map<Key, Set<String>> given = evidence.asked().stream().filter(asked -> asked.acknowledged() != null)
                .collect(groupingBy(asked -> new Key(asked.customerId(), asked.key()),
                        mapping(SettlementRules::orderOf, toSet())));
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
        log.forEach((customerId, attempts) -> {
            Set<String> acknowledged = new HashSet<>();
            Set<String> open = new HashSet<>(attempts.stream().map(Asked::key).toList());
            for (Asked attempt : attempts) {
                if (attempt.acknowledged() != null) {
                    acknowledged.add(orderOf(attempt));
                    open.remove(attempt.key());
                }
            }
            List<Order> surplus = evidence.orders().stream()
                    .filter(order -> order.customerId().equals(customerId) && !acknowledged.contains(order.id()))
                    .toList();
            if (surplus.size() > open.size()) {
                objections.about(surplus.getLast().id(), "%s has %d orders that were never acknowledged, and asked "
                        + "only %d times without an answer", customerId, surplus.size(), open.size());
            }
        });
    }

    private static void settled(Evidence evidence, Objections objections) {
        for (Order order : evidence.orders()) {
            if (!order.isSettled()) {
                objections.about(order.id(), "was placed at %s and is still %s", order.placedAt(), order.status());
            }
        }
    }

    private static void settledOnce(Evidence evidence, Objections objections) {
        Map<String, Map<String, Set<String>>> endings = evidence.heard().stream()
                .filter(heard -> ENDINGS.contains(heard.envelope().type()) && heard.key() != null)
                .collect(groupingBy(heard -> String.valueOf(heard.key()),
                        groupingBy(heard -> heard.envelope().type(), mapping(SettlementRules::idOf, toSet()))));
        for (Order order : evidence.orders()) {
            Map<String, Set<String>> said = endings.getOrDefault(order.id(), Map.of());
            int times = said.values().stream().mapToInt(Set::size).sum();
            if (times > 1 || (order.isSettled() && times == 0)) {
                objections.about(order.id(), "is %s, and its ending was told %d times: %s", order.status(), times,
                        said);
            }
            String expected = order.status().equals("REJECTED")
                    ? "dev.waybill.order.rejected.v1"
                    : "dev.waybill.order.confirmed.v1";
            if (times == 1 && order.isSettled() && !order.status().equals("CANCELLED")
                    && !said.containsKey(expected)) {
                objections.about(order.id(), "is %s, but what was told is %s", order.status(), said.keySet());
            }
        }
    }

    private static void sagaAgrees(Evidence evidence, Objections objections) {
        Map<String, List<Saga>> sagas = evidence.sagas().stream()
                .filter(saga -> saga.type().equals("order-fulfillment")).collect(groupingBy(Saga::orderId));
        for (Order order : evidence.orders()) {
            List<Saga> of = sagas.getOrDefault(order.id(), List.of());
            if (of.size() != 1) {
                objections.about(order.id(), "has %d fulfillment sagas", of.size());
            } else if (order.isSettled() && !endedLike(order, of.getFirst())) {
                objections.about(order.id(), "is %s, its saga %s at '%s'", order.status(), of.getFirst().status(),
                        of.getFirst().step());
            }
        }
    }

    private static boolean endedLike(Order order, Saga saga) {
        return switch (saga.status()) {
            case "COMPLETED" -> order.isFulfilled() || order.status().equals("CANCELLED");
            case "COMPENSATED" -> order.isUndone();
            default -> false;
        };
    }

    private static String orderOf(Asked asked) {
        Acknowledgement told = asked.acknowledged();
        return told == null ? "" : told.orderId();
    }

    private static String idOf(Heard heard) {
        return heard.envelope().id();
    }
}
