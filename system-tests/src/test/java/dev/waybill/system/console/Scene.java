package dev.waybill.system.console;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Http.Answer;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.Stranger;
import dev.waybill.system.driver.StuckSagas;
import dev.waybill.system.driver.Waybill;
import dev.waybill.system.scenario.Poison;
import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A platform on which things have happened, so that every page of the console has something to show: orders that ended in several
 * ways, one whose trace is here, one that is stuck, messages that were parked. When it is closed everything is seen to.
 */
final class Scene implements AutoCloseable {

    private static final String PARKED = "/operations/parked-messages";
    private static final String NO_ID = "{\"orderId\": 7}";

    private final Waybill waybill;
    private final Stranger stranger;
    private final List<String> keys = new ArrayList<>();

    final StuckSagas sagas;
    final PlacedOrder fulfilled;
    final PlacedOrder stuck;
    /** Parked, with another one waiting behind it. */
    final String parked;
    /** Parked, and edited since: it could be handled now. */
    final String mended;

    Scene(Waybill waybill) {
        this.waybill = waybill;
        this.stranger = waybill.stranger();
        this.sagas = new StuckSagas(waybill);
        waybill.platform().spans().handOnTo(console());
        fulfilled = waybill.order("ESPRESSO-01", 1).and("FILTER-04", 2).mailedTo("alice@example.com")
                .place(Map.of("traceparent", "00-%s-%s-01".formatted(hex(32), hex(16))));
        PlacedOrder declined = waybill.order("FILTER-04", 1).by("bob").paidBy("pm_card_declined").place();
        PlacedOrder refused = waybill.order("FILTER-04", 3).by("carol").to("XX").place();
        parked = parked(NO_ID, true);
        mended = parked(NO_ID, false);
        mend(mended);
        assertThat(fulfilled.end()).hasToString("CONFIRMED");
        assertThat(List.of(declined.end(), refused.end())).allMatch(end -> end.isRejected());
        stuck = sagas.one();
    }

    URI console() {
        return waybill.addresses().console();
    }

    /** What is shown of one key's messages. */
    String parkedUnderOneKey() {
        return "/parked?service=inventory-service&key=" + keys.getFirst();
    }

    String sagaPage() {
        return "/sagas/" + sagas.of(stuck).path("id").asString();
    }

    static String messagePage(String id) {
        return "/parked/inventory-service/" + id;
    }

    /** As many digits of a number that nobody else has. */
    private static String hex(int digits) {
        return UUID.randomUUID().toString().replace("-", "").substring(0, digits);
    }

    /** @return the id of the first one that is parked under a key of its own */
    private String parked(String payload, boolean withOneBehind) {
        String key = UUID.randomUUID().toString();
        keys.add(key);
        stranger.write(List.of(Poison.command("release-stock", key, payload)));
        if (withOneBehind) {
            stranger.write(List.of(Poison.command("release-stock", key, "{\"orderId\": \"%s\"}".formatted(key))));
        }
        await().until(() -> of(key).size() == (withOneBehind ? 2 : 1));
        return first(key).orElseThrow();
    }

    private void mend(String id) {
        String path = PARKED + "/" + id;
        String version = requireNonNull(waybill.get(Service.INVENTORY, path).headers().get("etag"));
        Answer edited = waybill.put(Service.INVENTORY, path, Map.of("If-Match", version, "X-Operator", "ada"),
                "{\"payload\": {\"orderId\": \"%s\"}, \"reason\": \"the id was a number\"}".formatted(keys.getLast()));
        assertThat(edited.status()).as(edited.body()).isEqualTo(200);
    }

    private List<JsonNode> of(String key) {
        return waybill.get(Service.INVENTORY, PARKED + "?key=" + key).json().path("items").valueStream().toList();
    }

    private Optional<String> first(String key) {
        return of(key).stream().filter(one -> one.path("state").asString().equals("PARKED"))
                .map(one -> one.path("id").asString()).findFirst();
    }

    /** What is parked is dropped, what waits behind it handled, and the stuck saga asks again. */
    @Override
    public void close() {
        for (String key : keys) {
            first(key).ifPresent(id -> assertThat(waybill.post(Service.INVENTORY, PARKED + "/" + id + "/discard",
                    Map.of("X-Operator", "ada"), "{\"reason\": \"nobody has said this\"}").status()).isEqualTo(200));
        }
        stranger.close();
        if (sagas.of(stuck).path("status").asString().equals("STUCK")) {
            sagas.act(stuck, "retry", Map.of("reason", "the carrier gives it back after all"));
        }
        stuck.becomes("CANCELLED");
    }
}
