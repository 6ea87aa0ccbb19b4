package dev.waybill.console.flow;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static dev.waybill.console.flow.Told.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Rates and quantiles come from differences between looks, whatever has happened to the counters meanwhile. */
class ServiceFiguresTest {

    private final ServiceFigures service = new ServiceFigures("saga-orchestrator");

    private void told(int second, String metrics) {
        service.told(NOW.plusSeconds(second), Told.byProcess(-1_000, metrics));
    }

    private void toldByAnother(int begun, int second, String metrics) {
        service.told(NOW.plusSeconds(second), Told.byProcess(begun, metrics));
    }

    private static String started(int sagas) {
        return "saga_started_total " + sagas;
    }

    private double rate() {
        return service.rate(Metric.SAGA_STARTED).orElseThrow();
    }

    @Test
    void aRateNeedsTwoLooksAndWhatWasCountedBeforeTheFirstIsNotNew() {
        assertThat(service.rate(Metric.SAGA_STARTED)).isEmpty();
        told(0, started(5_000));
        assertThat(service.rate(Metric.SAGA_STARTED)).isEmpty();

        told(10, started(5_020));

        assertThat(rate()).isEqualTo(2, within(1e-9));
    }

    @Test
    void aRateIsThatOfTheLastMinute() {
        IntStream.rangeClosed(0, 60).forEach(look -> told(5 * look, started(100 * look)));
        IntStream.rangeClosed(61, 80).forEach(look -> told(5 * look, started(6_000 + 5 * (look - 60))));

        assertThat(rate()).isEqualTo(1, within(1e-9));
    }

    @Test
    void aServiceThatHasBegunAgainCountsFromNoughtAndNothingIsLostOrInvented() {
        told(0, started(5_000));
        told(10, started(5_010));
        toldByAnother(12, 20, started(4));
        toldByAnother(12, 30, started(16));

        assertThat(rate()).isEqualTo((10 + 4 + 12) / 30d, within(1e-9));
    }

    @Test
    void aCounterThatStandsLowerHasBegunAgainThoughNobodySaysWhen() {
        service.told(NOW, Told.reading(started(5_000)));
        service.told(NOW.plusSeconds(10), Told.reading(started(5)));

        assertThat(rate()).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void processesThatAnswerInTurnAreEachComparedWithThemselves() {
        for (int look = 0; look < 4; look++) {
            toldByAnother(-9_000, 10 * look, started(8_000 + 10 * look));
            toldByAnother(-500, 10 * look + 5, started(300 + 10 * look));
        }

        assertThat(rate()).isEqualTo(60 / 35d, within(0.01));
    }

    @Test
    void aQuantileIsOfWhatCameLatelyAndNotOfAllThatEverWas() {
        told(0, steps(1_000, 1_000, 1_000));
        told(10, steps(1_000, 1_000, 1_010));

        assertThat(service.quantile(0.5, Metric.STEP_SECONDS, "capture payment"::equals)).hasValue(1);
        assertThat(service.quantile(0.5, Metric.STEP_SECONDS, "reserve stock"::equals)).isEmpty();

        told(20, steps(1_000, 1_010, 1_020));
        assertThat(service.quantile(0.5, Metric.STEP_SECONDS, "capture payment"::equals)).hasValue(1);
        assertThat(service.quantile(0.25, Metric.STEP_SECONDS, "capture payment"::equals).orElseThrow())
                .isEqualTo(0.55, within(1e-9));
    }

    private static String steps(int upToTenth, int upToOne, int all) {
        return """
                saga_step_seconds_bucket{result="done",step="capture payment",le="0.1"} %d
                saga_step_seconds_bucket{result="done",step="capture payment",le="1.0"} %d
                saga_step_seconds_bucket{result="done",step="capture payment",le="+Inf"} %d
                saga_step_seconds_bucket{result="done",step="reserve stock",le="0.1"} 5
                saga_step_seconds_bucket{result="done",step="reserve stock",le="+Inf"} 5
                """.formatted(upToTenth, upToOne, all);
    }

    @Test
    void aServiceWithoutBucketsHasNoQuantiles() {
        told(0, "saga_step_seconds_count{step=\"capture payment\"} 5");
        told(10, "saga_step_seconds_count{step=\"capture payment\"} 9");

        assertThat(service.quantile(0.5, Metric.STEP_SECONDS, of -> true)).isEmpty();
    }

    @Test
    void whileItIsSilentNothingIsKnownAndItIsSaidSinceWhen() {
        told(0, started(10) + "\nsaga_stuck 3\nsubscription_paused{subscription=\"sagas\"} 1");
        told(5, started(20) + "\nsaga_stuck 3\nsubscription_paused{subscription=\"sagas\"} 1");
        assertThat(service.gauge(Metric.SAGA_STUCK)).hasValue(3);

        service.silent(NOW.plusSeconds(10), "cannot be reached");
        service.silent(NOW.plusSeconds(15), "has not answered in time");

        assertThat(service.silence())
                .isEqualTo(new ServiceFigures.Silence(NOW.plusSeconds(10), "has not answered in time"));
        assertThat(service.gauge(Metric.SAGA_STUCK)).isEmpty();
        assertThat(service.gaugesOfAny(Metric.PAUSED)).isEmpty();
        assertThat(service.rate(Metric.SAGA_STARTED)).isEmpty();

        told(20, started(50));
        assertThat(service.silence()).isNull();
        assertThat(rate()).isEqualTo(2, within(1e-9));
    }

    @Test
    void whatOnlyOneOfSeveralProcessesCanSayIsTakenFromWhicheverSaidItLately() {
        toldByAnother(-9_000, 0, "subscription_paused{subscription=\"sagas\"} 1\noutbox_relay_leader 1");
        toldByAnother(-500, 5, "subscription_paused{subscription=\"sagas\"} 0\noutbox_relay_leader 0");

        assertThat(service.gaugesOfAny(Metric.PAUSED)).containsEntry("sagas", 1.0);
        assertThat(service.withoutLeader()).isEqualTo(Duration.ofSeconds(5));

        toldByAnother(-500, 45, "subscription_paused{subscription=\"sagas\"} 0\noutbox_relay_leader 0");
        assertThat(service.gaugesOfAny(Metric.PAUSED)).containsEntry("sagas", 0.0);
        assertThat(service.withoutLeader()).isEqualTo(Duration.ofSeconds(45));
    }

    @Test
    void whatHasGrownInAWindowIsKnownWhenAllOfTheWindowIs() {
        IntStream.rangeClosed(0, 20).forEach(look -> told(15 * look, started(look)));
        assertThat(service.grown(Metric.SAGA_STARTED, "", Duration.ofMinutes(10))).isEmpty();
        assertThat(service.grownSoFar(Metric.SAGA_STARTED, "", Duration.ofMinutes(10))).isEqualTo(20);

        IntStream.rangeClosed(21, 60).forEach(look -> told(15 * look, started(look)));
        assertThat(service.grown(Metric.SAGA_STARTED, "", Duration.ofMinutes(10)).orElseThrow())
                .isBetween(40.0, 41.0);
    }

    @Test
    void whatIsSeldomIsKeptForAnHourAndAllElseForAQuarter() {
        for (int minute = 0; minute <= 120; minute++) {
            told(60 * minute, started(10 * minute) + "\nnotifications_failed_total{reason=\"REFUSED\"} " + minute);
        }

        assertThat(service.grownSoFar(Metric.SAGA_STARTED, "", Duration.ofHours(1))).isBetween(140.0, 160.0);
        assertThat(service.grownSoFar(Metric.MAILS_FAILED, "REFUSED", Duration.ofHours(1))).isBetween(59.0, 61.0);
    }

    /** A day's looks, each by another process than the last, and each with other names. */
    @Test
    void whatIsKeptDoesNotGrow() {
        for (int look = 0; look < 17_280; look++) {
            String metrics = look % 100 > 0
                    ? started(look)
                    : IntStream.range(look, look + 500).mapToObj("saga_active{step=\"%d\"} 1\n"::formatted)
                            .collect(Collectors.joining());
            toldByAnother(look % 3 == 0 ? 5 * look : -1_000, 5 * look, metrics);
        }

        assertThat(service.kept()).isLessThanOrEqualTo(
                (int) Increases.KEPT.dividedBy(Increases.SLOT) + 1 + 12);
    }
}
