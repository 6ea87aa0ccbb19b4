package dev.waybill.console.bulk;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.waybill.console.parked.StandIns;
import dev.waybill.console.parked.SteeringTest;
import dev.waybill.console.who.Who;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

import java.util.Map;
import java.util.UUID;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.waybill.console.parked.ParkedJson.json;
import static dev.waybill.console.parked.ParkedJson.message;
import static org.assertj.core.api.Assertions.assertThat;

/** What each act makes of each answer of its service, when it looks first and when it acts. */
@SteeringTest
class AnswersToActsTest {

    private static final long FROZEN_AT = 4;
    private static final BulkOrder ORDER = new BulkOrder(new Who("ada"), "the bug is mended");

    private final UUID id = UUID.randomUUID();

    @Autowired
    private BulkActs acts;

    enum Act {
        REPLAY("parked.replay", "payment-service", StandIns.PARKED, "/replay"),
        DISCARD("parked.discard", "payment-service", StandIns.PARKED, "/discard"),
        RETRY("saga.retry", "saga-orchestrator", "/saga/sagas", "/retry"),
        SKIP("saga.skip", "saga-orchestrator", "/saga/sagas", "/skip"),
        COMPENSATE("saga.compensate", "saga-orchestrator", "/saga/sagas", "/compensate"),
        COMPLETED("saga.resolve-completed", "saga-orchestrator", "/saga/sagas", "/resolve"),
        COMPENSATED("saga.resolve-compensated", "saga-orchestrator", "/saga/sagas", "/resolve");

        private final String name;
        private final String service;
        private final String path;
        private final String act;

        Act(String name, String service, String path, String act) {
            this.name = name;
            this.service = service;
            this.path = path;
            this.act = act;
        }

        private boolean isParked() {
            return path.equals(StandIns.PARKED);
        }

        private WireMockServer server() {
            return isParked() ? StandIns.payment() : StandIns.others();
        }
    }

    @BeforeEach
    void reset() {
        StandIns.reset();
    }

    private void looked(Act act, int status, long version) {
        String body = status != 200
                ? "{\"title\": \"No\"}"
                : act.isParked()
                        ? json(message(id, "a", version))
                        : json(Map.of("id", id, "status", "STUCK", "step", "complete", "version", version));
        act.server().stubFor(get(urlPathEqualTo(act.path + "/" + id)).willReturn(jsonResponse(body, status)));
    }

    private void acted(Act act, int status) {
        String body = status >= 400
                ? "{\"title\": \"No\"}"
                : act.isParked()
                        ? json(Map.of("handled", 1, "ended", "ALL_HANDLED", "waiting", 0))
                        : json(Map.of("id", id, "status", "RUNNING", "step", "complete", "version", FROZEN_AT + 1));
        act.server().stubFor(
                post(urlPathEqualTo(act.path + "/" + id + act.act)).willReturn(jsonResponse(body, status)));
    }

    private BulkResult carryOut(Act act) {
        return acts.find(act.name).orElseThrow()
                .carryOut(new BulkItem(act.service, id.toString(), "a", FROZEN_AT, "a"), ORDER);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAsItWasIsDoneInTheNameOfWhoeverWantsItAndForTheirReason(Act act) {
        looked(act, 200, FROZEN_AT);
        acted(act, 200);
        assertThat(carryOut(act)).isInstanceOf(BulkResult.Done.class);
        act.server().verify(1, postRequestedFor(urlPathEqualTo(act.path + "/" + id + act.act))
                .withHeader("X-Operator", equalTo("ada")).withHeader("If-Match", equalTo("\"4\""))
                .withRequestBody(matchingJsonPath("$.reason", equalTo("the bug is mended"))));
    }

    @ParameterizedTest
    @EnumSource
    void whatItDoesIsSaidBeforeItIsConfirmed(Act act) {
        String consequence = acts.find(act.name).orElseThrow().consequence();
        assertThat(consequence).isNotBlank().endsWith(".");
        if (act != Act.RETRY && act != Act.REPLAY && act != Act.SKIP) {
            assertThat(consequence).containsIgnoringCase("nobody can take that back");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatHasChangedOrIsGoneOrCannotBeSeenIsNotTouched(Act act) {
        acted(act, 200);
        for (long version : new long[]{FROZEN_AT - 1, FROZEN_AT + 1}) {
            looked(act, 200, version);
            assertThat(carryOut(act)).isInstanceOf(BulkResult.PassedOver.class);
        }
        looked(act, 404, FROZEN_AT);
        assertThat(carryOut(act)).isInstanceOf(BulkResult.PassedOver.class);
        looked(act, 403, FROZEN_AT);
        assertThat(carryOut(act)).isInstanceOf(BulkResult.Failed.class);
        looked(act, 503, FROZEN_AT);
        assertThat(carryOut(act)).isInstanceOfSatisfying(BulkResult.Silent.class,
                silent -> assertThat(silent.perhapsDone()).isFalse());
        act.server().verify(0, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @EnumSource
    void whatTheServiceSaysToTheActIsTheItemsOutcome(Act act) {
        looked(act, 200, FROZEN_AT);
        for (int noneAnyMore : new int[]{404, 409, 412}) {
            acted(act, noneAnyMore);
            assertThat(carryOut(act)).isEqualTo(new BulkResult.PassedOver("No"));
        }
        acted(act, 400);
        assertThat(carryOut(act)).isEqualTo(new BulkResult.Failed("No"));
        acted(act, 503);
        assertThat(carryOut(act)).isInstanceOfSatisfying(BulkResult.Silent.class,
                silent -> assertThat(silent.perhapsDone()).isTrue());
    }

    @ParameterizedTest
    @EnumSource(value = Act.class, names = {"COMPLETED", "COMPENSATED"})
    void asWhatASagaIsResolvedIsSentAlong(Act act) {
        looked(act, 200, FROZEN_AT);
        acted(act, 200);
        carryOut(act);
        act.server().verify(1, postRequestedFor(anyUrl())
                .withRequestBody(matchingJsonPath("$.outcome", equalTo(act.name()))));
    }
}
