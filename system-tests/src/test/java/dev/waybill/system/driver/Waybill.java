package dev.waybill.system.driver;

import dev.waybill.system.auditor.Audit;
import dev.waybill.system.auditor.Circumstances;
import dev.waybill.system.auditor.Verdict;
import dev.waybill.system.auditor.evidence.Fact.Acknowledgement;
import dev.waybill.system.auditor.evidence.Fact.Amount;
import dev.waybill.system.auditor.evidence.Fact.Asked;
import dev.waybill.system.auditor.reading.Addresses;
import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.auditor.reading.ClientLog;
import dev.waybill.system.auditor.reading.Progress;
import dev.waybill.system.driver.Http.Answer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The running platform in the hands of a test: place orders, look at what everybody says about them, have it audited. */
public final class Waybill {

    private static final Duration COMES_TO_REST = Duration.ofSeconds(60);

    private final LocalPlatform platform;
    private final ClientLog log;
    private final Http http = new Http();
    private final Set<String> foreign = ConcurrentHashMap.newKeySet();

    Waybill(LocalPlatform platform, ClientLog log) {
        this.platform = platform;
        this.log = log;
    }

    public LocalPlatform platform() {
        return platform;
    }

    public Http http() {
        return http;
    }

    public Addresses addresses() {
        return platform.addresses();
    }

    /** Begins an order form; without more it is Alice's, paid by a good card and sent to Germany. */
    public OrderForm order(String sku, int quantity) {
        return OrderForm.empty(this).and(sku, quantity);
    }

    public int available(String sku) {
        return get(Service.INVENTORY, "/stock/" + sku).json().path("available").asInt();
    }

    public String reservation(PlacedOrder order) {
        return get(Service.INVENTORY, "/reservations/" + order.id()).json().path("status").asString();
    }

    public String payment(PlacedOrder order) {
        return get(Service.PAYMENT, "/payments/" + order.id()).json().path("status").asString();
    }

    /** What the gateway has in its own books, in its order: {@code AUTHORIZE}, {@code CAPTURE} … */
    public List<String> gatewayBooks(PlacedOrder order) {
        return items("/gateway/charges?orderId=" + order.id()).stream().map(item -> item.path("kind").asString())
                .toList();
    }

    /** The statuses of the order's parcels in the carrier's own books. */
    public List<String> carrierBooks(PlacedOrder order) {
        return items("/carrier/shipments?orderId=" + order.id()).stream().map(item -> item.path("status").asString())
                .toList();
    }

    /** The ids of a customer's orders, newest first. */
    public List<String> ordersOf(String customerId) {
        String query = "/orders?customerId=" + URLEncoder.encode(customerId, UTF_8);
        return get(query).json().path("items").valueStream().map(order -> order.path("id").asString()).toList();
    }

    /** Waits until the platform has come to rest, and judges everything: nothing may be under way any more. */
    public Verdict audit() {
        return audit(COMES_TO_REST, Duration.ZERO);
    }

    /** Judges what there is at this moment; what is under way has some time to end. */
    public Verdict auditWhileItRuns() {
        return audit(Duration.ZERO, COMES_TO_REST);
    }

    private Verdict audit(Duration patience, Duration settlesWithin) {
        var circumstances = new Circumstances(null, platform.faults(), foreign, settlesWithin);
        try (var audit = new Audit(addresses(), circumstances, log::asked, new Progress())) {
            audit.awaitRest(patience);
            return audit.look();
        }
    }

    public void auditIsGreen() {
        Verdict verdict = audit();
        assertThat(verdict.isGreen()).as(verdict::report).isTrue();
    }

    public boolean isReady(Service service) {
        return http.isReady(addresses().of(service));
    }

    public Outside outside() {
        return new Outside(http, addresses().simulators());
    }

    /** Somebody who writes to the topics. */
    public Stranger stranger() {
        return new Stranger(addresses(), foreign::add);
    }

    Answer get(String path) {
        return get(Service.ORDER, path);
    }

    /** Asks for something that has to be there. */
    public Answer get(Service service, String path) {
        return get(addresses().of(service).resolve(path));
    }

    /** Asks for something, whatever comes of it. */
    public Answer look(Service service, String path) {
        return answerOf(() -> http.get(addresses().of(service).resolve(path)));
    }

    /** Asks for something to be done, under a key of its own, whatever comes of it. */
    public Answer post(Service service, String path, Map<String, ?> body) {
        return post(service, path, Map.of("Idempotency-Key", UUID.randomUUID().toString()),
                Http.JSON.writeValueAsString(body));
    }

    /** Asks for something to be done, with these headers and no other, whatever comes of it. */
    public Answer post(Service service, String path, Map<String, String> headers, String body) {
        return answerOf(() -> http.post(addresses().of(service).resolve(path), headers, body));
    }

    public Answer put(Service service, String path, Map<String, String> headers, String body) {
        return answerOf(() -> http.put(addresses().of(service).resolve(path), headers, body));
    }

    /** Any request, however odd: the headers are name and value by turns. */
    public Answer send(Service service, String method, String path, List<String> headers, String body) {
        return answerOf(() -> http.send(method, addresses().of(service).resolve(path), headers, body));
    }

    private interface Call {
        Answer make() throws IOException;
    }

    private static Answer answerOf(Call call) {
        try {
            return call.make();
        } catch (IOException e) {
            throw new UncheckedIOException("No answer", e);
        }
    }

    private List<JsonNode> items(String path) {
        return get(addresses().simulators().resolve(path)).json().path("items").valueStream().toList();
    }

    private Answer get(URI uri) {
        try {
            Answer answer = http.get(uri);
            assertThat(answer.status()).as("%s: %s", uri, answer.body()).isEqualTo(200);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(uri + " does not answer", e);
        }
    }

    public Answer postOrder(Map<String, String> headers, String body) throws IOException {
        return http.post(addresses().of(Service.ORDER).resolve("/orders"), headers, body);
    }

    void log(OrderForm form, Answer answer) {
        log(form, answer.status() == 202 ? acknowledgement(answer.json()) : null);
    }

    void logUnanswered(OrderForm form) {
        log(form, (Acknowledgement) null);
    }

    private void log(OrderForm form, @Nullable Acknowledgement acknowledgement) {
        log.add(new Asked(Instant.now(), form.key(), form.customerId(), form.lines(), acknowledgement));
    }

    private static Acknowledgement acknowledgement(JsonNode order) {
        JsonNode total = order.path("total");
        return new Acknowledgement(order.path("id").asString(),
                new Amount(total.path("amountMinor").asLong(), total.path("currency").asString()));
    }
}
