package dev.waybill.system.auditor.reading;

import dev.waybill.system.auditor.evidence.Fact;
import dev.waybill.system.auditor.evidence.Fact.Amount;
import dev.waybill.system.auditor.evidence.Fact.Charge;
import dev.waybill.system.auditor.evidence.Fact.Parcel;
import dev.waybill.system.auditor.evidence.Fact.Step;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The outside world's own books, as the gateway and the carrier show them: taken in as they come, however long they are. */
final class BooksReader implements AutoCloseable {

    /** Up to so many orders it is quicker to ask for each of them than to read the books as a whole. */
    private static final int ASKED_FOR_ONE_BY_ONE = 300;

    private final JsonMapper json = JsonMapper.shared();
    private final URI simulators;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    BooksReader(URI simulators) {
        this.simulators = simulators;
    }

    /** @param orders null for all there are */
    void charges(@Nullable Collection<String> orders, Consumer<Fact> facts) {
        read("/gateway/charges", orders, BooksReader::charge, facts);
    }

    /** @param orders null for all there are */
    void parcels(@Nullable Collection<String> orders, Consumer<Fact> facts) {
        read("/carrier/shipments", orders, BooksReader::parcel, facts);
    }

    private void read(String path, @Nullable Collection<String> orders, Function<JsonNode, Fact> reader,
            Consumer<Fact> facts) {
        if (orders == null || orders.size() > ASKED_FOR_ONE_BY_ONE) {
            get(path, item -> facts.accept(reader.apply(item)));
        } else {
            orders.forEach(order -> get(path + "?orderId=" + order, item -> facts.accept(reader.apply(item))));
        }
    }

    private static Charge charge(JsonNode item) {
        return new Charge(item.path("reference").asString(), item.path("orderId").asString(),
                item.path("kind").asString().intern(), new Amount(item.path("amount").path("amountMinor").asLong(),
                        item.path("amount").path("currency").asString().intern()),
                Instant.parse(item.path("at").asString()));
    }

    private static Parcel parcel(JsonNode item) {
        List<Step> history = item.path("history").valueStream().map(step -> new Step(
                step.path("status").asString().intern(), Instant.parse(step.path("at").asString()))).toList();
        return new Parcel(item.path("trackingNumber").asString(), item.path("orderId").asString(),
                item.path("status").asString().intern(), history);
    }

    private void get(String path, Consumer<JsonNode> items) {
        URI uri = simulators.resolve(path);
        try {
            var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
            var response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new UnreadableException("%s answered %d".formatted(uri, response.statusCode()));
                }
                eachItem(body, items);
            }
        } catch (IOException | JacksonException e) {
            throw new UnreadableException("%s does not answer: %s".formatted(uri, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableException("Interrupted while reading " + uri, e);
        }
    }

    private void eachItem(InputStream body, Consumer<JsonNode> items) {
        try (var parser = json.createParser(body)) {
            JsonToken token = parser.nextToken();
            while (token != null && token != JsonToken.START_ARRAY) {
                token = parser.nextToken();
            }
            while (token != null && parser.nextToken() == JsonToken.START_OBJECT) {
                items.accept(parser.readValueAsTree());
            }
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
