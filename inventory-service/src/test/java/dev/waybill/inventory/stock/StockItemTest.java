package dev.waybill.inventory.stock;

import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import dev.waybill.inventory.stock.AdjustmentOutcome.Adjusted;
import dev.waybill.inventory.stock.AdjustmentOutcome.TooFewLeft;
import dev.waybill.inventory.stock.AdjustmentOutcome.TooMany;
import dev.waybill.inventory.stock.StockMovement.Kind;
import dev.waybill.messaging.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/** How the counts of one SKU are corrected. */
class StockItemTest {

    private static final Instant NOW = Instant.parse("2026-11-21T14:00:00Z");

    private final StockItem item = new StockItem(new Sku("KETTLE-03"));

    @Test
    void theFirstPiecesAreInitialAndWhatFollowsAdjusts() {
        assertThat(adjust(10)).asInstanceOf(type(Adjusted.class)).satisfies(first -> {
            assertThat(first.movement().kind()).isEqualTo(Kind.INITIAL);
            assertThat(first.movement().number()).isEqualTo(1);
        });
        assertThat(adjust(-3)).asInstanceOf(type(Adjusted.class)).satisfies(second -> {
            assertThat(second.movement().kind()).isEqualTo(Kind.ADJUST);
            assertThat(second.movement().quantity()).isEqualTo(-3);
            assertThat(second.movement().onHand()).isEqualTo(7);
            assertThat(second.movement().who()).isEqualTo("erin");
            assertThat(second.movement().reason()).isEqualTo("counted again");
        });
    }

    @Test
    void whatIsReservedStaysOnHand() {
        adjust(10);
        item.reserve(new OrderId(Ids.next()), Quantity.of(4), NOW);

        assertThat(adjust(-7)).isEqualTo(new TooFewLeft(10, 4));
        assertThat(item.onHand()).isEqualTo(10);
        assertThat(item.version()).isEqualTo(2);
        assertThat(adjust(-6)).isInstanceOf(Adjusted.class);
        assertThat(item.available()).isZero();
    }

    @Test
    void whereThereIsNothingNothingCanGo() {
        assertThat(adjust(-1)).isEqualTo(new TooFewLeft(0, 0));
        assertThat(item.version()).isZero();
    }

    @Test
    void aCountGoesUpToItsBoundAndNoFurther() {
        for (int i = 0; i < StockItem.MOST_ON_HAND / Quantity.MAX; i++) {
            assertThat(adjust(Quantity.MAX)).isInstanceOf(Adjusted.class);
        }
        assertThat(adjust(1)).isEqualTo(new TooMany(StockItem.MOST_ON_HAND));
        assertThat(adjust(-1)).isInstanceOf(Adjusted.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Quantity.MAX + 1, -Quantity.MAX - 1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void nothingAndTooMuchAreNoAdjustment(int pieces) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Adjustment(pieces));
    }

    private AdjustmentOutcome adjust(int pieces) {
        return item.adjust(new Adjustment(pieces), "counted again", "erin", NOW);
    }
}
