package dev.waybill.benchmarks.search;

import dev.waybill.benchmarks.measure.Distribution;
import dev.waybill.benchmarks.measure.Report;
import dev.waybill.benchmarks.platform.Databases;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Looks for orders through the service, one request after another, at random places among so many: what a person waits for. The
 * orders are written to the service's tables, a minute apart, by 5,000 customers and with one of 200 SKUs each.
 */
public final class Searching {

    private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
    private static final int NOT_COUNTED = 200;
    private static final long SEED = 4;

    private final Databases databases;
    private final int service;
    private final int slot;
    private final Report report;
    private final PrintStream out;

    /** What is asked for, at a random place among so many orders. */
    private static final Map<String, Function<Place, String>> QUESTIONS = new LinkedHashMap<>();

    static {
        QUESTIONS.put("no filter", place -> "placedTo=" + place.before());
        QUESTIONS.put("status, one in a hundred", place -> "status=REJECTED&placedTo=" + place.before());
        QUESTIONS.put("status, most of them", place -> "status=CONFIRMED&placedTo=" + place.before());
        QUESTIONS.put("customer", place -> "customerId=customer-%04d".formatted(place.number() % 5_000));
        QUESTIONS.put("sku", place -> "sku=SKU-%d&placedTo=%s".formatted(place.number() % 200, place.before()));
        QUESTIONS.put("sku and status", place -> "status=CONFIRMED&sku=SKU-%d".formatted(place.number() % 200));
        QUESTIONS.put("a day", place -> "placedFrom=%s&placedTo=%s".formatted(place.before().minus(Duration.ofDays(1)),
                place.before()));
        QUESTIONS.put("a number", place -> "q=W-" + (10_000_000 + place.number()));
        QUESTIONS.put("how a customer begins", place -> "q=customer-%03d".formatted(place.number() % 500));
    }

    private record Place(int number, Instant before) {}

    public Searching(Databases databases, int service, Report report, PrintStream out) throws SQLException {
        this.databases = databases;
        this.service = service;
        this.slot = (int) databases.number("orders", "select generation % 2 from projection where name = 'search'");
        this.report = report;
        this.out = out;
    }

    /** @param sizes in rising order: what is there is added to */
    public void run(List<Integer> sizes, int requests) throws IOException, SQLException, InterruptedException {
        report.condition("requests of each kind", requests);
        report.condition("seed", SEED);
        int there = 0;
        for (int size : sizes) {
            out.println("%d orders are written".formatted(size - there));
            fill(there, size);
            there = size;
            String contender = "%d orders".formatted(size);
            for (var question : QUESTIONS.entrySet()) {
                Distribution millis = ask(question.getValue(), size, requests);
                out.println("%s, %s: %.1f ms median, %.1f ms p99".formatted(contender, question.getKey(),
                        millis.millisAt(0.5), millis.millisAt(0.99)));
                report.add(contender, question.getKey() + ", p50 ms", millis.millisAt(0.5));
                report.add(contender, question.getKey() + ", p99 ms", millis.millisAt(0.99));
            }
        }
    }

    private Distribution ask(Function<Place, String> question, int size, int requests)
            throws IOException, InterruptedException {
        var random = new Random(SEED);
        List<Long> nanos = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < NOT_COUNTED + requests; i++) {
                int number = 1 + random.nextInt(size);
                var place = new Place(number, FIRST.plus(Duration.ofMinutes(number)));
                var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/orders?%s".formatted(service, question.apply(place)))).build();
                long began = System.nanoTime();
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (i >= NOT_COUNTED) {
                    nanos.add(System.nanoTime() - began);
                }
                if (answer.statusCode() != 200) {
                    throw new IOException("%s was answered by %s".formatted(request.uri(), answer.body()));
                }
            }
        }
        return Distribution.of(nanos);
    }

    private void fill(int after, int through) throws SQLException {
        try (Connection connection = databases.connect("orders"); Statement statement = connection.createStatement()) {
            statement.execute("""
                    create temporary table made on commit preserve rows as
                    select n, timestamptz '%s' + n * interval '1 minute' as at,
                      -- As a UUIDv7: its first 48 bits are the time.
                      overlay(gen_random_uuid()::text placing
                        left(uuid_at(timestamptz '%s' + n * interval '1 minute')::text, 13) from 1 for 13)::uuid as id
                    from generate_series(%d + 1, %d) n
                    """.formatted(FIRST, FIRST, after, through));
            statement.execute(
                    """
                            insert into orders (id, number, customer_id, status, reason, total_minor, currency, payment_method,
                              ship_to_name, ship_to_line1, ship_to_city, ship_to_postal_code, ship_to_country, placed_at, updated_at,
                              version, confirmed)
                            select id, 'W-' || 10000000 + n, 'customer-' || lpad((n % 5000)::text, 4, '0'),
                              case when n % 100 = 0 then 'REJECTED' else 'CONFIRMED' end,
                              case when n % 100 = 0 then 'OUT_OF_STOCK' end, 12999, 'EUR', 'pm_card_visa', 'Somebody', '1 Main St',
                              'Berlin', '10115', 'DE', at, at, 0, n % 100 > 0
                            from made
                            """);
            statement.execute("""
                    insert into order_line (order_id, position, sku, quantity, unit_price_minor)
                    select id, 0, 'SKU-' || n % 200, 1, 12999 from made
                    """);
            statement.execute("""
                    insert into order_search_%d (id, number, customer_id, placed_at, reached)
                    select id, 'W-' || 10000000 + n, 'customer-' || lpad((n %% 5000)::text, 4, '0'), at,
                      case when n %% 100 = 0 then 4 else 1 end from made
                    """.formatted(slot));
            statement.execute("""
                    insert into order_search_sku_%d (sku, placed_at, id) select 'SKU-' || n %% 200, at, id from made
                    """.formatted(slot));
            statement.execute("drop table made");
            statement.execute("vacuum (analyze) orders, order_line, order_search_%1$d, order_search_sku_%1$d"
                    .formatted(slot));
        }
    }
}
