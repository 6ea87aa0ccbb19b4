package dev.waybill.console.flow;

import dev.waybill.console.flow.FlowSettings.Thresholds;
import dev.waybill.console.services.SagaService.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static dev.waybill.console.flow.Told.NOW;
import static org.assertj.core.api.Assertions.assertThat;

/** What hurts is said in a sentence, with the way to its reason; what is within its bounds is not said. */
class TroublesTest {

    private static final List<Standing> NONE = List.of();

    private final Thresholds hurts = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("waybill.console.flow", FlowSettings.class).hurts();

    private List<Trouble> of(String service, String metrics) {
        return ServiceTroubles.of(Told.service(service, metrics), hurts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    payment-service      | outbox_oldest_unpublished_age_seconds               | 60   | 61   | NOT_PUBLISHED
                    payment-service      | outbox_backlog                                      | 5000 | 5001 | OUTBOX_LONG
                    payment-service      | outbox_gap_age_seconds                              | 10   | 10.5 | HELD_UP
                    payment-service      | outbox_forgotten_messages                           | 0    | 1    | OUTBOX_FORGOTTEN
                    payment-service      | outbox_forgotten_messages                           | 0    | NaN  | OUTBOX_UNCHECKED
                    payment-service      | messages_parked{state="PARKED",subscription="stock"} | 0   | 1    | PARKED
                    payment-service      | subscription_paused{subscription="stock"}           | 0    | 1    | PAUSED
                    payment-service      | inbox_partitions_ahead                              | 2    | 1    | PARTITIONS_RUN_OUT
                    payment-service      | outbox_partitions_ahead                             | 1    | 0    | PARTITIONS_RUN_OUT
                    payment-service      | outside_calls_oldest_open_age_seconds               | 300  | 301  | NO_ANSWER_FROM_OUTSIDE
                    notification-service | notifications_oldest_waiting_age_seconds            | 900  | 901  | MAILS
                    order-service        | order_backlog                                       | 5000 | 5001 | ORDERS_PILE_UP
                    inventory-service    | inventory_holds_overdue                             | 0    | 1    | HOLDS_OVERDUE
                    payment-service      | hikaricp_connections_pending{pool="p"}              | 5    | 6    | CONNECTIONS
                    """)
    void upToItsBoundAFigureIsWellAndBeyondItHurts(String service, String metric, String most, String tooMuch,
            Ailment ailment) {
        assertThat(of(service, metric + " " + most)).isEmpty();
        assertThat(of(service, metric + " " + tooMuch)).singleElement().satisfies(trouble -> {
            assertThat(trouble.ailment()).isEqualTo(ailment);
            assertThat(trouble.about()).isEqualTo(service);
            assertThat(trouble.link()).isNotBlank();
        });
    }

    @Test
    void sentencesSayHowMuchAndLinksWhere() {
        assertThat(of("payment-service", """
                outbox_backlog 1200
                outbox_oldest_unpublished_age_seconds 200
                messages_parked{state="PARKED",subscription="payment-commands"} 1
                outside_calls_open 3
                outside_calls_oldest_open_age_seconds 301
                """)).extracting(trouble -> trouble.words() + " -> " + trouble.link()).containsExactly(
                "payment-service publishes nothing: 1,200 messages wait in its outbox, the oldest for 3 min 20 s -> #payment-service",
                "payment-service could not handle 1 message of payment-commands: parked, until somebody has seen to them"
                        + " -> /parked?service=payment-service&subscription=payment-commands",
                "payment-service has no answer from outside to 3 calls, the oldest asked 5 min 1 s ago"
                        + " -> /waits?service=payment-service");
    }

    private static String breaker(String state, int failed, int spared) {
        String states = Stream.of("closed", "open", "half_open")
                .map(each -> "resilience4j_circuitbreaker_state{name=\"gateway\",state=\"%s\"} %d\n"
                        .formatted(each, each.equals(state) ? 1 : 0))
                .collect(Collectors.joining());
        return states + """
                resilience4j_circuitbreaker_calls_seconds_count{kind="failed",name="gateway"} %d
                resilience4j_circuitbreaker_calls_seconds_count{kind="successful",name="gateway"} 900
                resilience4j_circuitbreaker_not_permitted_calls_total{kind="not_permitted",name="gateway"} %d
                """.formatted(failed, spared);
    }

    @ParameterizedTest
    @CsvSource({"open, 1, 0", "open, 0, 1", "half_open, 1, 0", "half_open, 0, 3"})
    void aBreakerHurtsWhileCallsFailOrAreNotMade(String state, int failed, int spared) {
        ServiceFigures service = Told.service("payment-service", breaker("closed", 7, 7));
        service.told(NOW.plusSeconds(5), Told.reading(breaker(state, 7 + failed, 7 + spared)));

        assertThat(ServiceTroubles.of(service, hurts))
                .extracting(trouble -> trouble.ailment() + ": " + trouble.words() + " -> " + trouble.link())
                .containsExactly("BREAKER: payment-service does not get through to the gateway: half of its calls or "
                        + "more fail -> /waits?service=payment-service");
        assertThat(Breaker.of(service)).containsExactly(new Breaker("gateway", Breaker.State.OPEN));

        service.told(NOW.plusSeconds(10), Told.reading(breaker("closed", 7 + failed, 7 + spared)));
        assertThat(ServiceTroubles.of(service, hurts)).isEmpty();
        assertThat(Breaker.of(service)).containsExactly(new Breaker("gateway", Breaker.State.CLOSED));
    }

    /** It would stay open for ever: the next call would find out, and there is none. */
    @ParameterizedTest
    @CsvSource({"open", "half_open"})
    void whileNobodyCallsABreakerHurtsNobody(String state) {
        ServiceFigures service = Told.service("shipping-service", breaker(state, 10, 4));
        service.told(NOW.plusSeconds(5), Told.reading(breaker(state, 11, 4)));
        assertThat(ServiceTroubles.of(service, hurts)).hasSize(1);

        IntStream.rangeClosed(1, 21).forEach(
                look -> service.told(NOW.plusSeconds(5 + 15L * look), Told.reading(breaker(state, 11, 4))));

        assertThat(ServiceTroubles.of(service, hurts)).isEmpty();
        assertThat(Breaker.of(service)).containsExactly(new Breaker("gateway", Breaker.State.IDLE));
    }

    @Test
    void whatHappensNowAndThenHurtsForAnHour() {
        String before = """
                notifications_failed_total{reason="REFUSED",template="ORDER_CONFIRMED"} 7
                notifications_failed_total{reason="REFUSED",template="ORDER_SHIPPED"} 0
                notifications_failed_total{reason="TOO_OLD",template="ORDER_CONFIRMED"} 7
                order_scans_total{outcome="contradicting"} 0
                order_scans_total{outcome="early"} 7
                shipments_left_all_the_same_total 7
                """;
        String after = before.replace("} 0", "} 1").replace("early\"} 7", "early\"} 8");
        ServiceFigures service = Told.service("some-service", before);
        service.told(NOW.plusSeconds(5), Told.reading(before));
        assertThat(ServiceTroubles.of(service, hurts)).isEmpty();

        IntStream.rangeClosed(1, 59)
                .forEach(minute -> service.told(NOW.plusSeconds(60L * minute), Told.reading(after)));
        assertThat(ServiceTroubles.of(service, hurts))
                .extracting(trouble -> trouble.ailment() + ": " + trouble.words()).containsExactlyInAnyOrder(
                        "MAILS_FAIL: 1 mail given up within an hour, as REFUSED",
                        "PARCEL_AGAINST_DECISION: The carrier has 1 parcel against what was decided, as some-service"
                                + " has heard within an hour");

        IntStream.rangeClosed(60, 62)
                .forEach(minute -> service.told(NOW.plusSeconds(60L * minute), Told.reading(after)));
        assertThat(ServiceTroubles.of(service, hurts)).isEmpty();
    }

    @Test
    void shippingHearsOfAParcelThatTheOrderDoesNotKnowOf() {
        ServiceFigures service = Told.service("shipping-service", "shipments_left_all_the_same_total 0");
        service.told(NOW.plusSeconds(5), Told.reading("shipments_left_all_the_same_total 1"));

        assertThat(ServiceTroubles.of(service, hurts)).singleElement().extracting(Trouble::ailment)
                .isEqualTo(Ailment.PARCEL_AGAINST_DECISION);
    }

    @Test
    void mailsHaveTheirOwnPatience() {
        assertThat(of("notification-service", """
                outside_calls_oldest_open_age_seconds 700
                notifications_oldest_waiting_age_seconds 700
                """)).isEmpty();
    }

    @Test
    void aServiceThatIsSilentHurtsByThatAndByNothingThatItOnceSaid() {
        ServiceFigures service = Told.service("payment-service", "outbox_backlog 9999");
        service.silent(NOW, "cannot be reached");

        assertThat(ServiceTroubles.of(service, hurts)).singleElement().satisfies(trouble -> {
            assertThat(trouble.words()).isEqualTo("payment-service cannot be reached");
            assertThat(trouble.level()).isEqualTo(Level.CRITICAL);
        });
    }

    @Test
    void nobodyPublishesWhenThatHasLastedForAMinute() {
        ServiceFigures service = Told.service("payment-service", "outbox_relay_leader 0");
        service.told(NOW.plusSeconds(60), Told.reading("outbox_relay_leader 0"));
        assertThat(ServiceTroubles.of(service, hurts)).isEmpty();

        service.told(NOW.plusSeconds(61), Told.reading("outbox_relay_leader 0"));
        assertThat(ServiceTroubles.of(service, hurts)).singleElement()
                .extracting(Trouble::ailment).isEqualTo(Ailment.NOBODY_PUBLISHES);
    }

    @Test
    void whatWasCountedBeforeAnybodyLookedDoesNotHurt() {
        String before = """
                messages_sequence_inversions_total{subscription="stock"} 7
                messages_sequence_gaps_total{subscription="stock"} 7
                http_server_requests_seconds_count{method="POST",status="503",uri="/orders"} 7
                """;
        ServiceFigures service = Told.service("order-service", before);
        service.told(NOW.plusSeconds(5), Told.reading(before));
        assertThat(ServiceTroubles.of(service, hurts)).isEmpty();

        service.told(NOW.plusSeconds(10), Told.reading(before.replace('7', '8')));
        assertThat(ServiceTroubles.of(service, hurts)).extracting(Trouble::ailment)
                .containsExactlyInAnyOrder(Ailment.INVERTED, Ailment.SEQUENCE_GAP, Ailment.ORDERS_REFUSED);
    }

    @Test
    void stuckSagasAreToldByTheirStep() {
        var stuck = List.of(new Standing("STUCK", "capture payment", 1_200), new Standing("STUCK", "complete", 1));

        assertThat(SagaTroubles.of(Told.service("saga-orchestrator", "saga_stuck 1201"), stuck, hurts))
                .extracting(trouble -> trouble.words() + " -> " + trouble.link()).containsExactlyInAnyOrder(
                        "1,200 sagas are stuck at capture payment -> /sagas?status=STUCK&step=capture%20payment",
                        "1 saga is stuck at complete -> /sagas?status=STUCK&step=complete");
    }

    @Test
    void stuckSagasOfWhichNobodyHasSaidWhereTheyAreAreToldTogether() {
        assertThat(SagaTroubles.of(Told.service("saga-orchestrator", "saga_stuck 300"), NONE, hurts))
                .singleElement().satisfies(trouble -> {
                    assertThat(trouble.words()).isEqualTo("300 sagas are stuck");
                    assertThat(trouble.link()).isEqualTo("/sagas?status=STUCK");
                });
    }

    @Test
    void sagasAreOverdueAsSoonAsOneIs() {
        assertThat(SagaTroubles.of(Told.service("saga-orchestrator", "saga_overdue 0"), NONE, hurts)).isEmpty();
        assertThat(SagaTroubles.of(Told.service("saga-orchestrator", "saga_overdue 1"), NONE, hurts))
                .singleElement().extracting(Trouble::words)
                .isEqualTo("1 saga has asked again and again for ten minutes and more, and not come further");
    }

    /** For how long, and with how many: see {@link StandingStillTest}. */
    @Test
    void thatNoSagaComesToItsEndIsSaid() {
        var service = new ServiceFigures("saga-orchestrator");
        IntStream.rangeClosed(0, 48).forEach(look -> service.told(NOW.plusSeconds(15L * look),
                Told.reading("saga_started_total %d\nsaga_finished_total{outcome=\"completed\"} 0".formatted(look))));

        assertThat(SagaTroubles.of(service, NONE, hurts)).singleElement().satisfies(trouble -> {
            assertThat(trouble.ailment()).isEqualTo(Ailment.SAGAS_STAND_STILL);
            assertThat(trouble.words()).isEqualTo(
                    "No order comes to an end: 40 sagas were started within ten minutes, and none has ended");
        });
    }

    @Test
    void theWorstStandsFirstAndOfTwoOfAKindTheLarger() {
        List<Trouble> sorted = Stream.of(
                trouble(Ailment.AWAY, 1), trouble(Ailment.FAR_BEHIND, 900), trouble(Ailment.FAR_BEHIND, 400),
                trouble(Ailment.SAGAS_STUCK, 2), trouble(Ailment.BEHIND, 5_000), trouble(Ailment.MAILS, 9_000))
                .toList();
        List<Trouble> mixed = new ArrayList<>(sorted);
        Collections.shuffle(mixed, new Random(46));

        assertThat(mixed.stream().sorted(Trouble.WORST_FIRST)).isEqualTo(sorted);
    }

    private static Trouble trouble(Ailment ailment, double size) {
        return new Trouble(ailment, "payment-service", size, "words", "/link");
    }

    @Test
    void aBoundCanBeSetElsewhere() {
        Thresholds patient = new Binder(new MapConfigurationPropertySource(
                Map.of("waybill.console.flow.hurts.outbox-oldest", "10m")))
                .bindOrCreate("waybill.console.flow", FlowSettings.class).hurts();

        assertThat(patient.outboxOldest()).isEqualTo(Duration.ofMinutes(10));
        assertThat(patient.behind()).isEqualTo(hurts.behind());
    }
}
