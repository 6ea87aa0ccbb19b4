package dev.waybill.defaults.idempotency;

import dev.waybill.defaults.idempotency.FirstAnswers.Claim;
import dev.waybill.defaults.idempotency.FirstAnswers.FirstAnswer;
import dev.waybill.defaults.idempotency.FirstAnswers.Scope;
import dev.waybill.defaults.problems.Problem;
import dev.waybill.defaults.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Carries a request out once per caller, route and key. The answer is stored in the transaction that does the work,
 * so there is never the one without the other; the same request gets the same answer for at least 24 hours. Answers
 * other than 2xx are not stored: what was refused may be tried again under the same key.
 *
 * <p>A bounded number is carried out at a time, whoever came first before whoever came later. The connection pool alone would
 * not see to that: it gives what becomes free to whoever asks next, and in a crowd somebody waits until the time is over.
 */
public final class IdempotentRequests {

    /** The header of an answer that had been given before. */
    public static final String REPLAYED = "Idempotent-Replayed";

    private static final ProblemType REUSED = ProblemType.unprocessable("idempotency-key-reused",
            "The idempotency key belongs to another request");
    private static final ProblemType IN_PROGRESS = ProblemType.conflict("idempotency-in-progress",
            "The same request is being carried out");

    private final FirstAnswers answers;
    private final TransactionOperations transaction;
    private final Semaphore places;
    private final Duration longestWait;
    private final JsonMapper json;
    private final JsonMapper canonicalJson;

    IdempotentRequests(
            FirstAnswers answers, TransactionOperations transaction, IdempotencySettings settings, JsonMapper json) {
        this.answers = answers;
        this.transaction = transaction;
        this.places = new Semaphore(settings.atOnce(), true);
        this.longestWait = settings.longestWait();
        this.json = json.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
        this.canonicalJson = json.rebuild().enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    }

    /**
     * Does the work in a transaction, or answers what was answered before; that answer says so in {@value #REPLAYED}.
     *
     * @param caller who asks: keys of different callers have nothing to do with each other
     * @param route the method and the path that is asked for, {@code POST /orders}
     * @param request the body as it was bound; its fields' order and white space make no difference
     * @param bodyType the class of the answer's body
     * @throws Problem 422 where the key was used with another body; 409 where the same request is being carried out
     * @throws TransientDataAccessResourceException where there were too many before it
     */
    public <T> ResponseEntity<T> once(
            String caller,
            String route,
            IdempotencyKey key,
            Object request,
            Class<T> bodyType,
            Supplier<ResponseEntity<T>> work) {
        Scope scope = new Scope(caller, route, key.value());
        String hash = hashOf(request);
        takePlace();
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                Claim claim = answers.claim(scope);
                if (claim.answer().isPresent()) {
                    return again(claim.answer().get(), hash, bodyType);
                } else if (!claim.mine()) {
                    throw inProgress();
                }
                ResponseEntity<T> answer = work.get();
                if (answer.getStatusCode().is2xxSuccessful()) {
                    answers.store(scope, toStored(answer, hash));
                }
                return answer;
            }));
        } catch (DuplicateKeyException e) {
            // Of the work's own keys it says nothing to the caller: the work has to deal with those itself.
            if (String.valueOf(e.getMessage()).contains("idempotent_request_pkey")) {
                throw inProgress();
            }
            throw e;
        } finally {
            places.release();
        }
    }

    private void takePlace() {
        try {
            if (!places.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TransientDataAccessResourceException("Too many requests are being carried out before it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientDataAccessResourceException("The service stops", e);
        }
    }

    private <T> ResponseEntity<T> again(FirstAnswer first, String hash, Class<T> bodyType) {
        if (!first.requestHash().equals(hash)) {
            throw REUSED.because("Take a new key for a new request")
                    .atHeader(IdempotencyKey.HEADER, "This key was sent before with another body");
        }
        var response = ResponseEntity.status(first.status()).header(REPLAYED, "true");
        if (first.location() != null) {
            response.location(URI.create(first.location()));
        }
        return first.body() == null ? response.build() : response.body(json.readValue(first.body(), bodyType));
    }

    private FirstAnswer toStored(ResponseEntity<?> answer, String hash) {
        @Nullable Object body = answer.getBody();
        return new FirstAnswer(
                hash,
                answer.getStatusCode().value(),
                answer.getHeaders().getFirst(HttpHeaders.LOCATION),
                body == null ? null : json.writeValueAsString(body));
    }

    private String hashOf(Object request) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonicalJson.writeValueAsBytes(request));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static Problem inProgress() {
        return IN_PROGRESS.because("Wait for its answer, or ask again").retryAfter(Duration.ofSeconds(1));
    }
}
