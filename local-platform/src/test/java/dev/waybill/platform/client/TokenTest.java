package dev.waybill.platform.client;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TokenTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void customerIsTheSubject() {
        JsonNode claims = claims(token("alice", false));

        assertThat(claims.path("sub").asString()).isEqualTo("alice");
        assertThat(claims.path("scope").asString()).isEqualTo("orders");
        assertThat(claims.path("iat").asLong()).isEqualTo(NOW.getEpochSecond());
        assertThat(claims.path("exp").asLong()).isGreaterThan(NOW.getEpochSecond());
    }

    @Test
    void operatorHasTheScopeToBeOne() {
        assertThat(claims(token("olga", true)).path("scope").asString().split(" ", -1)).contains("operator");
    }

    @Test
    void unsignedTokenSaysThatItIsAndHasItsThreeParts() {
        List<String> parts = List.of(token("alice", false).split("\\.", -1));

        assertThat(parts).hasSize(3);
        assertThat(decoded(parts.getFirst()).path("alg").asString()).isEqualTo("none");
        assertThat(parts.getLast()).isEmpty();
    }

    private static String token(String name, boolean operator) {
        return Token.of(name, operator, "http://localhost:8090", Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static JsonNode claims(String token) {
        return decoded(token.split("\\.", -1)[1]);
    }

    private static JsonNode decoded(String part) {
        return new JsonMapper().readTree(Base64.getUrlDecoder().decode(part));
    }
}
