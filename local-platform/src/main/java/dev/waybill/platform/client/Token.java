package dev.waybill.platform.client;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A bearer token in the right form and without a signature (RFC 7519, unsecured). Nobody checks it yet; callers that send it
 * today need no change on the day it is checked, only a signed one.
 */
public final class Token {

    private static final Duration VALID = Duration.ofHours(12);

    private Token() {}

    public static String of(String name, boolean operator, String issuer, Clock clock) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", name);
        claims.put("aud", "waybill");
        claims.put("scope", operator ? "orders operator" : "orders");
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(VALID).getEpochSecond());
        var json = new JsonMapper();
        return encoded(json.writeValueAsString(Map.of("alg", "none"))) + "."
                + encoded(json.writeValueAsString(claims)) + ".";
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }
}
