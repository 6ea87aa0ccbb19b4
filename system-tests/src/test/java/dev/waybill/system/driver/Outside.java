package dev.waybill.system.driver;

import dev.waybill.system.driver.Http.Answer;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The outside world in the hands of a test: what the carrier's driver does, who misbehaves, which mails have arrived. */
public final class Outside {

    private final Http http;
    private final URI simulators;

    Outside(Http http, URI simulators) {
        this.http = http;
        this.simulators = simulators;
    }

    /** The carrier's driver scans the order's parcel: {@code HANDED_OVER}, {@code IN_TRANSIT} or {@code DELIVERED}. */
    public void scan(PlacedOrder order, String status) {
        String parcel = items("/carrier/shipments?orderId=" + order.id()).getFirst().path("trackingNumber").asString();
        accepted(call(() -> http.post(simulators.resolve("/carrier/shipments/" + parcel + "/scans"), Map.of(),
                "{\"status\": \"%s\"}".formatted(status))));
    }

    /** Somebody misbehaves from now on, until the simulators are started again. */
    public void misbehave(String who, String mode) {
        accepted(call(() -> http.put(simulators.resolve("/faults/" + who), Map.of(),
                "{\"mode\": \"%s\", \"rate\": 1}".formatted(mode))));
    }

    /** Whether the fault that is switched on has struck a request. */
    public boolean hasMisbehaved(String who) {
        Answer answer = call(() -> http.get(simulators.resolve("/faults/" + who)));
        accepted(answer);
        return answer.json().path("struck").asLong() > 0;
    }

    /** Somebody misbehaves, always, until the task is done. */
    public <T> T misbehaving(String who, String mode, Supplier<T> task) {
        misbehave(who, mode);
        try {
            return task.get();
        } finally {
            accepted(call(() -> http.delete(simulators.resolve("/faults/" + who))));
        }
    }

    /** Somebody at the carrier's desk takes the parcel off the list; no service has asked for it. */
    public void callBackByHand(PlacedOrder order) {
        String parcel = items("/carrier/shipments?orderId=" + order.id()).getFirst().path("trackingNumber").asString();
        byHand("/carrier/shipments/%s/cancellation".formatted(parcel));
    }

    /** Somebody lets the money go in the gateway's own console; no service has asked for it. */
    public void letGoByHand(PlacedOrder order) {
        String reference = items("/gateway/charges?orderId=" + order.id()).getFirst().path("reference").asString();
        byHand("/gateway/authorizations/%s/voids".formatted(reference));
    }

    private void byHand(String path) {
        accepted(call(() -> http.post(simulators.resolve(path),
                Map.of("Idempotency-Key", "by-hand-" + UUID.randomUUID()), "{}")));
    }

    /** What the mailbox holds for an address, in the order in which it came. */
    public List<JsonNode> mailsTo(String address) {
        return items("/mailbox?to=" + URLEncoder.encode(address, UTF_8)).stream()
                .sorted(Comparator.comparing(mail -> mail.path("receivedAt").asString(""))).toList();
    }

    /** What the gateway has in its own books about an order: kind and amount in minor units, {@code REFUND 2000}. */
    public List<String> charges(PlacedOrder order) {
        return items("/gateway/charges?orderId=" + order.id()).stream()
                .map(charge -> charge.path("kind").asString() + " "
                        + charge.path("amount").path("amountMinor").asLong())
                .toList();
    }

    private List<JsonNode> items(String path) {
        Answer answer = call(() -> http.get(simulators.resolve(path)));
        accepted(answer);
        return answer.json().path("items").valueStream().toList();
    }

    private static void accepted(Answer answer) {
        assertThat(answer.status() / 100).as(answer.body()).isEqualTo(2);
    }

    private interface Call {
        Answer make() throws IOException;
    }

    private static Answer call(Call call) {
        try {
            return call.make();
        } catch (IOException e) {
            throw new UncheckedIOException("The simulators do not answer", e);
        }
    }
}
