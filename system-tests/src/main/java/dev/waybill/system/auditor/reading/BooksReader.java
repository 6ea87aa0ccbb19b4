package dev.waybill.system.auditor.reading;

import dev.waybill.system.auditor.evidence.Evidence.Amount;
import dev.waybill.system.auditor.evidence.Evidence.Charge;
import dev.waybill.system.auditor.evidence.Evidence.Parcel;
import dev.waybill.system.auditor.evidence.Evidence.Step;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The outside world's own books, as the gateway and the carrier show them. */
final class BooksReader implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI simulators;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    BooksReader(URI simulators) {
        this.simulators = simulators;
    }

    List<Charge> charges() {
        return get("/gateway/charges").valueStream().map(item -> new Charge(item.path("reference").asString(),
                item.path("orderId").asString(), item.path("kind").asString(),
                new Amount(item.path("amount").path("amountMinor").asLong(),
                        item.path("amount").path("currency").asString()),
                Instant.parse(item.path("at").asString()))).toList();
    }

    List<Parcel> parcels() {
        return get("/carrier/shipments").valueStream().map(item -> new Parcel(item.path("trackingNumber").asString(),
                item.path("orderId").asString(), item.path("status").asString(),
                item.path("history").valueStream().map(step -> new Step(step.path("status").asString(),
                        Instant.parse(step.path("at").asString()))).toList()))
                .toList();
    }

    private JsonNode get(String path) {
        URI uri = simulators.resolve(path);
        try {
            var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new UnreadableException("%s answered %d: %s".formatted(uri, response.statusCode(),
                        response.body()));
            }
            return JSON.readTree(response.body()).path("items");
        } catch (IOException e) {
            throw new UnreadableException("%s does not answer: %s".formatted(uri, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableException("Interrupted while reading " + uri, e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
