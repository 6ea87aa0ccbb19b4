package dev.waybill.probe;

import dev.waybill.defaults.idempotency.IdempotencyKey;
import dev.waybill.defaults.idempotency.IdempotentRequests;
import dev.waybill.defaults.paging.Moment;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.defaults.validation.PlainText;
import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

@RestController
@RequestMapping("/things")
class ThingController {

    static final Moment FIRST = new Moment(Instant.parse("2026-11-21T14:00:00Z"), new UUID(7, 0));

    private final IdempotentRequests idempotency;
    private final JdbcClient jdbc;
    private final Gate gate;

    ThingController(IdempotentRequests idempotency, JdbcClient jdbc, Gate gate) {
        this.idempotency = idempotency;
        this.jdbc = jdbc;
        this.gate = gate;
    }

    enum Kind {
        ROUND, SQUARE
    }

    record Part(@NotNull Sku sku, @NotNull Quantity quantity) {}

    record Thing(
            @NotNull @PlainText(max = 10) String name,
            int count,
            @Nullable Kind kind,
            @Nullable Currency currency,
            @Nullable Instant at,
            @Nullable List<@NotNull @Valid Part> parts) {}

    record Named(@NotNull String name) {}

    record Made(UUID id, String name, Instant at) {}

    @PostMapping
    Thing echo(@Valid @RequestBody Thing thing) {
        return thing;
    }

    @PostMapping("/heard")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void hear() {
        // As a webhook is: there is nothing to say.
    }

    @GetMapping("/{id}")
    UUID one(@PathVariable UUID id) {
        throw ProblemType.notFound("thing-not-found", "There is no such thing").because("No thing is called " + id);
    }

    @GetMapping
    Page<Integer> list(@RequestParam(required = false) @Nullable Kind kind, PageRequest page) {
        int from = page.after(Moment::parse).map(moment -> (int) moment.id().getLeastSignificantBits()).orElse(0);
        List<Integer> rows = IntStream.rangeClosed(from + 1, Math.min(from + page.fetchSize(), 45)).boxed().toList();
        return page.page(rows, number -> new Moment(FIRST.at(), new UUID(7, number)));
    }

    @PostMapping("/made")
    ResponseEntity<Made> make(IdempotencyKey key, @Valid @RequestBody Named thing) {
        return idempotency.once("alice", "POST /things/made", key, thing, Made.class, () -> {
            UUID id = jdbc.sql("insert into thing (name) values (:name) returning id").param("name", thing.name())
                    .query(UUID.class).single();
            gate.pass();
            if (thing.name().equals("refused")) {
                throw ProblemType.conflict("refused", "Refused").because("This is never made");
            }
            return ResponseEntity.accepted().location(URI.create("/things/" + id))
                    .body(new Made(id, thing.name(), FIRST.at()));
        });
    }

    @GetMapping("/fault")
    String fault() {
        throw new IllegalStateException("password=hunter2");
    }

    @GetMapping("/busy")
    String busy() {
        throw new CannotAcquireLockException("select * from secrets");
    }

    @GetMapping("/cut")
    String cut() {
        throw new TransactionSystemException("no commit", new SQLException("secrets", "08006"));
    }

    @GetMapping("/changed")
    String changed() {
        throw new OptimisticLockingFailureException("row of secrets");
    }

    @GetMapping("/later")
    String later() {
        throw ProblemType.unavailable("overloaded", "Too much to do").because("Come again")
                .retryAfter(Duration.ofSeconds(30));
    }

    @GetMapping("/wanting")
    String wanting(@RequestParam int number) {
        return "" + number;
    }
}
