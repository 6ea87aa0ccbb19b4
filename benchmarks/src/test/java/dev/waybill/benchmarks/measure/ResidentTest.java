package dev.waybill.benchmarks.measure;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ResidentTest {

    @Test
    void whatIsThereAndWhatWasThereAtMostAreReadInMebibytes() {
        assertThat(
                Resident.parse(List.of("Name:\tjava", "VmHWM:\t  307200 kB", "VmRSS:\t  204800 kB", "RssAnon:\t 1 kB")))
                .isEqualTo(new Resident(200, 300));
    }

    @Test
    void whatHasEndedHasNothing() {
        assertThat(Resident.parse(List.of("Name:\tjava", "State:\tZ (zombie)"))).isEqualTo(new Resident(0, 0));
    }
}
