package dev.waybill.system.scenario;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Http.Answer;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import static dev.waybill.system.scenario.Problems.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Who tells of payments and parcels has to sign; who does is heard, however often and whatever it is about. */
@PlatformTest
@Order(2)
class WebhooksIT {

    private static final String TIMESTAMP = "Waybill-Timestamp";
    private static final String SIGNATURE = "Waybill-Signature";

    private final Waybill waybill;
    private final PlacedOrder order;

    WebhooksIT(Waybill waybill) {
        this.waybill = waybill;
        this.order = waybill.order("FILTER-04", 1).by("webhooks").place();
    }

    @BeforeAll
    void theOrderIsConfirmed() {
        assertThat(order.end()).hasToString("CONFIRMED");
    }

    @AfterAll
    void everyInvariantHolds() {
        assertThat(waybill.payment(order)).isEqualTo("CAPTURED");
        assertThat(order.now()).hasToString("CONFIRMED");
        waybill.auditIsGreen();
    }

    /** Who calls, and where. */
    enum Caller {

        GATEWAY(Service.PAYMENT, "/gateway-webhooks",
                "{\"id\": \"%s\", \"kind\": \"VOID\", \"reference\": \"pay-of-nobody\","
                        + " \"orderId\": \"%s\"}"),
        CARRIER(Service.SHIPPING, "/carrier-webhooks", "{\"id\": \"%s\", \"trackingNumber\": \"parcel-of-nobody\","
                + " \"orderId\": \"%s\", \"status\": \"DELIVERED\", \"at\": \"2026-11-21T14:00:00Z\"}");

        private final Service service;
        private final String path;
        private final String body;

        Caller(Service service, String path, String body) {
            this.service = service;
            this.path = path;
            this.body = body;
        }

        String telling(String orderId) {
            return body.formatted(UUID.randomUUID(), orderId);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotSignedOrNotRightlyOrLongAgoIsNotHeard(Caller caller) {
        String body = caller.telling(order.id());
        String now = Long.toString(Instant.now().getEpochSecond());
        String old = Long.toString(Instant.now().minusSeconds(3_600).getEpochSecond());

        assertProblem(tell(caller, body), 401);
        assertProblem(tell(caller, body, TIMESTAMP, now), 401);
        assertProblem(tell(caller, body, SIGNATURE, signature(now, body)), 401);
        assertProblem(tell(caller, body, TIMESTAMP, now, SIGNATURE, "v1=00"), 401);
        assertProblem(tell(caller, body, TIMESTAMP, now, SIGNATURE, signature(old, body)), 401);
        assertProblem(tell(caller, body, TIMESTAMP, old, SIGNATURE, signature(old, body)), 401);
        assertProblem(tell(caller, body + " ", TIMESTAMP, now, SIGNATURE, signature(now, body)), 401);
        assertProblem(tell(caller, body, TIMESTAMP, "noon", SIGNATURE, signature("noon", body)), 401);
        assertProblem(tell(caller, body, TIMESTAMP, now, TIMESTAMP, now, SIGNATURE, signature(now, body)), 401);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSignedAndMakesNoSenseIsRefused(Caller caller) {
        for (String body : List.of("no json", "[]", "{}", "{\"id\": \" \"}")) {
            assertProblem(signed(caller, body), 400);
        }
        assertProblem(signed(caller, "x".repeat(10 * 1024 * 1024)), 413);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsGenuineIsTakenOnceHoweverOftenItIsToldAndAboutWhomever(Caller caller) {
        String ofNobody = caller.telling(UUID.randomUUID().toString());
        for (String body : List.of(ofNobody, ofNobody, caller.telling("no id"))) {
            Answer answer = signed(caller, body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        }
    }

    private Answer signed(Caller caller, String body) {
        String now = Long.toString(Instant.now().getEpochSecond());
        return tell(caller, body, TIMESTAMP, now, SIGNATURE, signature(now, body));
    }

    private Answer tell(Caller caller, String body, String... headers) {
        return waybill.send(caller.service, "POST", caller.path, withType(headers), body);
    }

    private static List<String> withType(String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return all;
    }

    /** As the gateway and the carrier make it: with the secret that this platform made up for them. */
    private String signature(String timestamp, String body) {
        try {
            String secret = Files.readString(waybill.platform().dataDir().resolve("secrets").resolve("webhooks"))
                    .strip();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return "v1=" + HexFormat.of().formatHex(mac.doFinal("%s.%s".formatted(timestamp, body).getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
