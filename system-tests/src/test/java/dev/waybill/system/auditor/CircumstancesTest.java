package dev.waybill.system.auditor;

import dev.waybill.system.auditor.evidence.Pending;
import dev.waybill.system.auditor.evidence.Pending.Kind;
import dev.waybill.system.auditor.reading.FaultLog.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class CircumstancesTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Pending ORDER = new Pending(Kind.ORDER, "order-1", "is PENDING", NOON);
    private static final Pending STUCK = new Pending(Kind.STUCK_SAGA, "order-1", "is STUCK", NOON);

    @Test
    void whatIsUnderWayHasSomeTimeToEnd() {
        var undisturbed = Circumstances.undisturbed(Duration.ofSeconds(30));

        assertThat(undisturbed.isOverdue(ORDER, NOON.plusSeconds(29))).isFalse();
        assertThat(undisturbed.isOverdue(ORDER, NOON.plusSeconds(30))).isTrue();
    }

    @Test
    void theTimeCountsFromTheHealingOfTheLastFault() {
        Circumstances disturbed = afterFaults(NOON.plusSeconds(60), NOON.plusSeconds(20));

        assertThat(disturbed.isOverdue(ORDER, NOON.plusSeconds(89))).isFalse();
        assertThat(disturbed.isOverdue(ORDER, NOON.plusSeconds(90))).isTrue();
    }

    @Test
    void nothingIsOverdueWhileSomethingIsBroken() {
        Circumstances broken = afterFaults(NOON.plusSeconds(10), null);

        assertThat(broken.isOverdue(ORDER, NOON.plusSeconds(9_999))).isFalse();
        assertThat(broken.isOverdue(STUCK, NOON.plusSeconds(9_999))).isFalse();
    }

    @Test
    void aStuckSagaDoesNotEndByItself() {
        assertThat(Circumstances.undisturbed(Duration.ofSeconds(30)).isOverdue(STUCK, NOON)).isTrue();
    }

    private static Circumstances afterFaults(@Nullable Instant... healed) {
        return new Circumstances(null,
                List.of(new Fault(NOON, "one", healed[0]), new Fault(NOON, "another", healed[1])), Set.of(),
                Duration.ofSeconds(30));
    }
}
