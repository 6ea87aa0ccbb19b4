package dev.waybill.console.flow;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.waybill.console.parked.StandIns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Services are asked all at once and by name; one that is slow or out of its mind is said, and holds up no other. */
class AskingServicesTest extends FlowFixture {

    @Test
    void aSlowServiceIsNotWaitedForAndHoldsUpNobody() throws Exception {
        tells("inventory", says("outbox_backlog 0").withFixedDelay(6_000));
        tells("shipping", says("outbox_backlog 7"));
        long begun = System.nanoTime();
        CompletableFuture<Void> look = CompletableFuture.runAsync(services::look);

        await().atMost(Duration.ofMillis(2_500)).untilAsserted(
                () -> assertThat(services.of("shipping-service").gauge(Metric.OUTBOX_BACKLOG)).hasValue(7));
        // It is not asked again before its time is over.
        services.look();
        look.join();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
        StandIns.others().verify(1, getRequestedFor(urlPathEqualTo("/inventory" + METRICS)));
        assertThat(http.get().uri("/")).hasStatusOk().bodyText()
                .contains("inventory-service has not answered in time", "not published: 7");
    }

    @ParameterizedTest
    @MethodSource
    void aServiceThatIsOutOfItsMindIsSaid(ResponseDefinitionBuilder answer, String words) throws Exception {
        tells("inventory", answer);

        assertThat(page()).contains("inventory-service " + words).doesNotContain("Nothing hurts.");
        assertThat(services.of("order-service").silence()).isNull();
    }

    static Stream<Object[]> aServiceThatIsOutOfItsMindIsSaid() {
        return Stream.of(
                new Object[]{okJson("{\"status\": \"UP\"}"), "has answered in a way that cannot be understood"},
                new Object[]{says("outbox_backlog one"), "has answered in a way that cannot be understood"},
                new Object[]{says("x".repeat(3_000_000)), "has answered in a way that cannot be understood"},
                new Object[]{serverError(), "cannot answer at the moment (500)"},
                new Object[]{aResponse().withStatus(401), "cannot answer at the moment (401)"},
                new Object[]{aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), "has broken off the connection"},
                new Object[]{says("outbox_backlog 1\n".repeat(50)).withChunkedDribbleDelay(50, 8_000), "has "});
    }

    @Test
    void theServicesAreAskedForWhatTheMapIsMadeOfOnly() {
        services.look();

        List<String> asked = StandIns.payment().findAll(getRequestedFor(urlPathEqualTo(METRICS))).stream()
                .map(request -> request.queryParameter("includedNames").firstValue()).toList();
        assertThat(asked).containsExactly(Metric.names());
        assertThat(Metric.names().split(",", -1)).contains("outbox_backlog", "saga_step_seconds", "saga_started");
    }

    /** It is Boot's own endpoint that every service has. */
    @Test
    void theEndpointGivesWhatIsAskedForAndNothingElse() throws Exception {
        String given = http.get().uri(METRICS + "?includedNames={names}", Metric.names()).exchange().getResponse()
                .getContentAsString();

        assertThat(Told.reading(given).value(Series.of(Metric.PROCESS_START))).isPresent();
        assertThat(Told.reading(given).value(Series.of(Metric.PENDING_CONNECTIONS))).isPresent();
        assertThat(given).doesNotContain("jvm_");
    }
}
