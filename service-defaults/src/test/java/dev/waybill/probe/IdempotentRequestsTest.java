package dev.waybill.probe;

import dev.waybill.defaults.idempotency.IdempotentRequests;
import dev.waybill.probe.Http.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static dev.waybill.probe.ProblemDetailsTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ProbeService
class IdempotentRequestsTest {

    private static final String HEADER = "Idempotency-Key";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Gate gate;

    private Http http = new Http(0);
    private final String key = UUID.randomUUID().toString();
    private final String name = "thing " + key;

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @Test
    void sameRequestTwiceIsCarriedOutOnceAndAnsweredAlike() {
        Answer first = make(name);
        Answer second = make(name);

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(first.headers().firstValue(IdempotentRequests.REPLAYED)).isEmpty();
        assertThat(second.headers().firstValue(IdempotentRequests.REPLAYED)).contains("true");
        assertThat(second.headers().firstValue("location")).isPresent()
                .isEqualTo(first.headers().firstValue("location"));
        assertThat(thingsMade()).isOne();
    }

    @Test
    void whiteSpaceMakesNoOtherRequest() {
        Answer first = make(name);
        Answer second = http.post("/things/made", "  {\n\"name\"  : \"%s\" }".formatted(name), HEADER, key);

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(thingsMade()).isOne();
    }

    @Test
    void sameKeyWithAnotherBody() {
        make(name);

        problem(make("another thing"), 422, "idempotency-key-reused");
    }

    @Test
    void otherKeyIsAnotherRequest() {
        make(name);
        http.post("/things/made", "{\"name\": \"%s\"}".formatted(name), HEADER, key + "-2");

        assertThat(thingsMade()).isEqualTo(2);
    }

    @Test
    void missingKey() {
        problem(http.post("/things/made", "{\"name\": \"a\"}"), 400, "idempotency-key-missing");
    }

    @Test
    void whatIsAnsweredInAFormThatTheCallerCannotReadIsNotDone() {
        problem(http.post("/things/made", "{\"name\": \"%s\"}".formatted(name), HEADER, key, "accept", "image/png"),
                406,
                "not-acceptable");

        assertThat(thingsMade()).isZero();
    }

    static Stream<String> badKeys() {
        return Stream.of("", "   ", "x".repeat(256), "x".repeat(10_000), "tab\tinside", "ümlaut");
    }

    @ParameterizedTest
    @MethodSource("badKeys")
    void keyThatCannotBeTaken(String badKey) throws Exception {
        String answer = new Http(port).raw("""
                POST /things/made HTTP/1.1\r
                Host: localhost\r
                Connection: close\r
                Content-Type: application/json\r
                Content-Length: 13\r
                Idempotency-Key: %s\r
                \r
                {"name": "a"}""".formatted(badKey));

        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "idempotency-key-invalid");
    }

    @Test
    void keyThatStandsThereTwice() {
        problem(
                http.post("/things/made", "{\"name\": \"a\"}", HEADER, key, HEADER, key),
                400,
                "idempotency-key-invalid");
    }

    @Test
    void keysOfOneAndOf255CharactersAreTaken() {
        String id = UUID.randomUUID().toString();
        for (String good : List.of("!", "x".repeat(219) + id)) {
            assertThat(http.post("/things/made", "{\"name\": \"a\"}", HEADER, good).status()).isEqualTo(202);
        }
    }

    @Test
    void requestThatIsStillRunning() throws Exception {
        gate.close();
        CompletableFuture<Answer> running = CompletableFuture.supplyAsync(() -> make(name));
        gate.awaitSomebody();
        Answer meanwhile;
        try {
            meanwhile = make(name);
        } finally {
            gate.open();
        }

        problem(meanwhile, 409, "idempotency-in-progress");
        assertThat(meanwhile.headers().firstValue("retry-after")).contains("1");
        assertThat(running.get(20, TimeUnit.SECONDS).status()).isEqualTo(202);
        assertThat(make(name).text()).isEqualTo(running.get().text());
    }

    @Test
    void ofACrowdOnlySoManyAreCarriedOutAtATimeAndAllInTheEnd() {
        gate.close();
        List<CompletableFuture<Answer>> crowd = IntStream.range(0, 10)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> http.post("/things/made", "{\"name\": \"crowd\"}", HEADER, UUID.randomUUID().toString()),
                        task -> Thread.ofVirtual().start(task)))
                .toList();
        try {
            await().until(() -> gate.inside() == 6);
            await().during(Duration.ofMillis(300)).until(() -> gate.inside() == 6);
        } finally {
            gate.open();
        }
        assertThat(crowd).extracting(answer -> answer.get(20, TimeUnit.SECONDS).status()).containsOnly(202);
    }

    @Test
    void requestThatWasRefusedMayBeTriedAgain() {
        problem(make("refused"), 409, "refused");
        problem(make("refused"), 409, "refused");

        assertThat(make(name).status()).isEqualTo(202);
        assertThat(jdbc.sql("select count(*) from thing where name = 'refused'").query(Long.class).single()).isZero();
    }

    @Test
    void manyAtOnceMakeOneThing() {
        List<CompletableFuture<Answer>> answers = IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> make(name), task -> Thread.ofVirtual().start(task)))
                .toList();

        assertThat(answers.stream().map(CompletableFuture::join).map(Answer::status)).isSubsetOf(202, 409)
                .contains(202);
        assertThat(answers.stream().map(CompletableFuture::join).filter(answer -> answer.status() == 202)
                .map(Answer::text).distinct()).hasSize(1);
        assertThat(thingsMade()).isOne();
    }

    @Test
    void answersThatAreOldEnoughAreForgotten() {
        make(name);
        jdbc.sql("update idempotent_request set created_at = now() - interval '25 hours' where key = :key")
                .param("key", key)
                .update();

        Awaitility.await().untilAsserted(
                () -> assertThat(
                        jdbc.sql("select count(*) from idempotent_request where key = :key").param("key", key)
                                .query(Long.class).single())
                        .isZero());
    }

    private Answer make(String thing) {
        return http.post("/things/made", "{\"name\": \"%s\"}".formatted(thing), HEADER, key);
    }

    private long thingsMade() {
        return jdbc.sql("select count(*) from thing where name = :name").param("name", name).query(Long.class).single();
    }
}
