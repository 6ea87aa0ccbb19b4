package dev.waybill.order.projections;

import dev.waybill.order.OrderServiceTest;
import dev.waybill.order.projections.Generations.Generation;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A rebuild that was asked for while another one ended: what is read now is neither filled anew nor replaced. */
@OrderServiceTest
class GenerationsTest {

    @Autowired
    private Generations generations;

    @Test
    void whatIsNotTheNextGenerationIsNeitherFilledNorPutInItsPlace() {
        Generation now = generations.find("search");

        for (long notTheNext : List.of(now.number(), now.number() + 2)) {
            assertThatThrownBy(() -> generations.beginToFill("search", notTheNext))
                    .hasMessageContaining("is not the next");
            assertThatThrownBy(() -> generations.swap("search", notTheNext, Instant.now()))
                    .hasMessageContaining("is not the next");
        }
        assertThat(generations.find("search")).isEqualTo(now);
    }
}
