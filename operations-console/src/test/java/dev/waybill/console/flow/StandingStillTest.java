package dev.waybill.console.flow;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import java.util.Map;
import java.util.function.IntUnaryOperator;

import static dev.waybill.console.flow.Told.NOW;
import static org.assertj.core.api.Assertions.assertThat;

/** Sagas stand still when many were started within ten minutes and none has ended, and that has been so for two minutes. */
class StandingStillTest {

    private final FlowSettings.Thresholds hurts = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("waybill.console.flow", FlowSettings.class).hurts();

    private static int none(int second) {
        return 0;
    }

    /** More than five in any ten minutes. */
    private static int many(int second) {
        return second / 90;
    }

    /** @param started how many were, by the second; so with those that finished */
    private boolean after(int seconds, IntUnaryOperator started, IntUnaryOperator finished) {
        var orchestrator = new ServiceFigures("saga-orchestrator");
        for (int second = 0; second <= seconds; second += 15) {
            orchestrator.told(NOW.plusSeconds(second),
                    Told.reading("saga_started_total %d\nsaga_finished_total{outcome=\"completed\"} %d"
                            .formatted(started.applyAsInt(second), finished.applyAsInt(second))));
        }
        return SagaTroubles.standStill(orchestrator, hurts);
    }

    @Test
    void thatHurtsWhenAllOfTheTimeIsKnown() {
        assertThat(after(720, StandingStillTest::many, StandingStillTest::none)).isTrue();
        assertThat(after(705, StandingStillTest::many, StandingStillTest::none)).isFalse();
    }

    @Test
    void fiveInTenMinutesAreFew() {
        assertThat(after(900, second -> second / 120, StandingStillTest::none)).isFalse();
    }

    @Test
    void oneThatEndsIsEnough() {
        assertThat(after(900, StandingStillTest::many, second -> second < 600 ? 0 : 1)).isFalse();
        assertThat(after(900, StandingStillTest::many, second -> second < 60 ? 0 : 1)).isTrue();
    }

    @Test
    void theFirstOrdersAfterAQuietSpellHaveTwoMinutesToEnd() {
        IntUnaryOperator burst = second -> second < 1_200 ? 0 : 20;

        assertThat(after(1_215, burst, StandingStillTest::none)).isFalse();
        assertThat(after(1_305, burst, StandingStillTest::none)).isFalse();
        assertThat(after(1_320, burst, StandingStillTest::none)).isTrue();
        assertThat(after(1_320, burst, second -> second < 1_290 ? 0 : 1)).isFalse();
    }

    /** It ended just before the ten minutes that are looked at, and within those that were looked at two minutes ago. */
    @Test
    void whatHasJustBecomeSoHasNotBeenSoForTwoMinutes() {
        assertThat(after(720, StandingStillTest::many, second -> second < 60 ? 0 : 1)).isFalse();
    }
}
