package dev.waybill.inventory.stock;

import dev.waybill.events.InventoryCommand.Restock;
import dev.waybill.events.InventoryEvent.RefusalReason;
import dev.waybill.events.InventoryEvent.Shortage;
import dev.waybill.events.InventoryEvent.StockCommitted;
import dev.waybill.events.InventoryEvent.StockRefused;
import dev.waybill.events.InventoryEvent.StockReleased;
import dev.waybill.events.InventoryEvent.StockReserved;
import dev.waybill.events.InventoryEvent.StockRestocked;
import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.RestockId;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.inventory.stock.Reservation.Status;
import dev.waybill.inventory.stock.StockMovement.Kind;
import dev.waybill.messaging.Ids;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

class ReservationTest {

    private static final Instant NOW = Instant.parse("2026-11-21T14:00:00Z");
    private static final OrderId ORDER = new OrderId(Ids.next());

    private final StockItem espresso = item("ESPRESSO-01", 10);
    private final StockItem kettle = item("KETTLE-03", 3);

    @Nested
    class WhenAllIsThere {

        @Test
        void everyLineIsHeld() {
            Reservation reservation = request(line("ESPRESSO-01", 4), line("KETTLE-03", 3));

            assertThat(reservation.status()).isEqualTo(Status.HELD);
            assertThat(reservation.answer())
                    .isEqualTo(new StockReserved(ORDER, List.of(line("ESPRESSO-01", 4), line("KETTLE-03", 3))));
            assertThat(espresso.available()).isEqualTo(6);
            assertThat(espresso.onHand()).isEqualTo(10);
            assertThat(kettle.available()).isZero();
        }

        @Test
        void theSameSkuTwiceIsSummedAndLinesStandInSkuOrder() {
            Reservation reservation = request(line("KETTLE-03", 1), line("ESPRESSO-01", 4), line("KETTLE-03", 2));

            assertThat(reservation.lines()).containsExactly(line("ESPRESSO-01", 4), line("KETTLE-03", 3));
            assertThat(kettle.reserved()).isEqualTo(3);
        }

        @Test
        void eachLineIsOneMovement() {
            Stock stock = stock();
            Reservation.request(ORDER, List.of(line("ESPRESSO-01", 4), line("KETTLE-03", 3)), stock, NOW);

            assertThat(stock.movements()).extracting(StockMovement::kind, StockMovement::quantity)
                    .containsExactly(tuple(Kind.RESERVE, 4), tuple(Kind.RESERVE, 3));
        }

        @Test
        void askedAgainTheAnswerIsTheSame() {
            Reservation reservation = request(line("ESPRESSO-01", 4));

            assertThat(reservation.answer()).isEqualTo(reservation.answer());
            assertThat(espresso.reserved()).isEqualTo(4);
        }
    }

    @Nested
    class WhenSomethingIsShort {

        @Test
        void nothingIsHeldWhenAnyLineIsShort() {
            Stock stock = stock();
            Reservation reservation = Reservation
                    .request(ORDER, List.of(line("ESPRESSO-01", 4), line("KETTLE-03", 4)), stock, NOW);

            assertThat(reservation.status()).isEqualTo(Status.REFUSED);
            assertThat(reservation.answer()).isEqualTo(refused(new Shortage(sku("KETTLE-03"), Quantity.of(4), 3)));
            assertThat(espresso.reserved()).isZero();
            assertThat(kettle.reserved()).isZero();
            assertThat(stock.movements()).isEmpty();
        }

        @Test
        void theSameSkuTwiceIsShortWhenItsSumIs() {
            Reservation reservation = request(line("KETTLE-03", 2), line("KETTLE-03", 2));

            assertThat(reservation.answer()).isEqualTo(refused(new Shortage(sku("KETTLE-03"), Quantity.of(4), 3)));
        }

        @Test
        void thereIsNothingOfAnUnknownSku() {
            Reservation reservation = request(line("NO-SUCH", 1));

            assertThat(reservation.answer()).isEqualTo(refused(new Shortage(sku("NO-SUCH"), Quantity.of(1), 0)));
        }

        @Test
        void everyShortageIsNamedInSkuOrder() {
            Reservation reservation = request(line("NO-SUCH", 1), line("KETTLE-03", 4), line("ESPRESSO-01", 11));

            assertThat(reservation.answer()).isEqualTo(
                    refused(
                            new Shortage(sku("ESPRESSO-01"), Quantity.of(11), 10),
                            new Shortage(sku("KETTLE-03"), Quantity.of(4), 3),
                            new Shortage(sku("NO-SUCH"), Quantity.of(1), 0)));
        }

        @Test
        void whatOthersHoldIsNotAvailable() {
            Reservation.request(new OrderId(Ids.next()), List.of(line("KETTLE-03", 2)), stock(), NOW);

            assertThat(request(line("KETTLE-03", 2)).answer())
                    .isEqualTo(refused(new Shortage(sku("KETTLE-03"), Quantity.of(2), 1)));
        }

        @Test
        void aSumBeyondTheGreatestQuantityIsRefusedHoweverMuchThereIs() {
            StockItem plenty = item("PLENTY", 3 * Quantity.MAX);
            Reservation reservation = Reservation.request(
                    ORDER,
                    List.of(line("PLENTY", Quantity.MAX), line("PLENTY", 1)),
                    stock(plenty),
                    NOW);

            assertThat(reservation.answer())
                    .isEqualTo(refused(new Shortage(sku("PLENTY"), Quantity.of(Quantity.MAX), 3 * Quantity.MAX)));
        }

        @Test
        void askedAgainItStaysRefusedThoughThereIsEnoughByNow() {
            Reservation reservation = request(line("KETTLE-03", 4));
            var first = reservation.answer();

            assertThat(reservation.answer()).isEqualTo(first);
        }
    }

    @Nested
    class WhenReleased {

        @Test
        void whatWasHeldIsAvailableAgain() {
            Reservation reservation = request(line("ESPRESSO-01", 4), line("KETTLE-03", 3));

            assertThat(reservation.release(stock(), NOW))
                    .isEqualTo(new StockReleased(ORDER, List.of(line("ESPRESSO-01", 4), line("KETTLE-03", 3))));
            assertThat(reservation.status()).isEqualTo(Status.RELEASED);
            assertThat(espresso.available()).isEqualTo(10);
            assertThat(kettle.available()).isEqualTo(3);
        }

        @Test
        void releasedTwiceIsAnsweredAlikeAndGivesBackOnce() {
            Reservation reservation = request(line("ESPRESSO-01", 4));
            request(line("ESPRESSO-01", 2));
            StockReleased first = reservation.release(stock(), NOW);

            assertThat(reservation.release(stock(), NOW)).isEqualTo(first);
            assertThat(espresso.reserved()).isEqualTo(2);
        }

        @Test
        void aRefusedOneHasNothingToGiveBack() {
            Reservation reservation = request(line("KETTLE-03", 4));

            assertThat(reservation.release(stock(), NOW)).isEqualTo(new StockReleased(ORDER, List.of()));
            assertThat(kettle.available()).isEqualTo(3);
        }

        @Test
        void whatHasLeftCannotBeReleased() {
            Reservation reservation = request(line("KETTLE-03", 2));
            reservation.commit(stock(), NOW);

            assertThatIllegalStateException().isThrownBy(() -> reservation.release(stock(), NOW));
            assertThat(kettle.onHand()).isEqualTo(1);
        }

        @Test
        void nothingIsHeldAfterARelease() {
            Reservation reservation = request(line("ESPRESSO-01", 4));
            reservation.release(stock(), NOW);

            assertThat(reservation.answer())
                    .isEqualTo(new StockRefused(ORDER, RefusalReason.ALREADY_RELEASED, List.of()));
        }
    }

    @Nested
    class WhenTheReleaseCameFirst {

        private final Reservation reservation = Reservation.neverAgain(ORDER, NOW);

        @Test
        void itIsAnsweredWithNothing() {
            assertThat(reservation.release(stock(), NOW)).isEqualTo(new StockReleased(ORDER, List.of()));
        }

        @Test
        void theReservationIsRefused() {
            assertThat(reservation.answer())
                    .isEqualTo(new StockRefused(ORDER, RefusalReason.ALREADY_RELEASED, List.of()));
        }

        @Test
        void thereIsNothingToCommit() {
            assertThatIllegalStateException().isThrownBy(() -> reservation.commit(stock(), NOW));
        }
    }

    @Nested
    class WhenCommitted {

        @Test
        void whatWasHeldLeavesTheStock() {
            Reservation reservation = request(line("ESPRESSO-01", 4));

            assertThat(reservation.commit(stock(), NOW))
                    .isEqualTo(new StockCommitted(ORDER, List.of(line("ESPRESSO-01", 4))));
            assertThat(reservation.status()).isEqualTo(Status.COMMITTED);
            assertThat(espresso.onHand()).isEqualTo(6);
            assertThat(espresso.reserved()).isZero();
            assertThat(espresso.available()).isEqualTo(6);
        }

        @Test
        void committedTwiceIsAnsweredAlikeAndLeavesOnce() {
            Reservation reservation = request(line("ESPRESSO-01", 4));
            request(line("ESPRESSO-01", 4));
            StockCommitted first = reservation.commit(stock(), NOW);

            assertThat(reservation.commit(stock(), NOW)).isEqualTo(first);
            assertThat(espresso.onHand()).isEqualTo(6);
            assertThat(espresso.reserved()).isEqualTo(4);
        }

        @Test
        void aRefusedOneCannotBeCommitted() {
            Reservation reservation = request(line("KETTLE-03", 4));

            assertThatIllegalStateException().isThrownBy(() -> reservation.commit(stock(), NOW));
        }

        @Test
        void askedForAgainItIsStillReserved() {
            Reservation reservation = request(line("ESPRESSO-01", 4));
            reservation.commit(stock(), NOW);

            assertThat(reservation.answer()).isInstanceOf(StockReserved.class);
        }
    }

    @Nested
    class WhenPiecesComeBack {

        private final RestockId firstReturn = new RestockId(Ids.next());
        private final RestockId secondReturn = new RestockId(Ids.next());
        private final Reservation reservation = request(line("ESPRESSO-01", 4), line("KETTLE-03", 2));

        WhenPiecesComeBack() {
            reservation.commit(stock(), NOW);
        }

        @Test
        void theyAreOnHandAgain() {
            assertThat(restock(firstReturn, line("KETTLE-03", 1), line("ESPRESSO-01", 4))).isEqualTo(
                    new StockRestocked(ORDER, firstReturn, List.of(line("ESPRESSO-01", 4), line("KETTLE-03", 1))));
            assertThat(espresso.onHand()).isEqualTo(10);
            assertThat(kettle.onHand()).isEqualTo(2);
            assertThat(kettle.reserved()).isZero();
            assertThat(reservation.status()).isEqualTo(Status.COMMITTED);
        }

        @Test
        void eachSkuIsOneMovementOfItsSum() {
            Stock stock = stock();
            reservation.restock(
                    new Restock(ORDER, firstReturn, List.of(line("ESPRESSO-01", 1), line("ESPRESSO-01", 2))),
                    stock,
                    NOW);

            assertThat(stock.movements()).extracting(StockMovement::kind, StockMovement::quantity)
                    .containsExactly(tuple(Kind.RESTOCK, 3));
        }

        @Test
        void askedAgainUnderTheSameIdTheAnswerIsTheSameAndNothingMoves() {
            var first = restock(firstReturn, line("ESPRESSO-01", 3));

            assertThat(restock(firstReturn, line("ESPRESSO-01", 1), line("ESPRESSO-01", 2))).isEqualTo(first);
            assertThat(espresso.onHand()).isEqualTo(9);
        }

        @Test
        void theSameIdForOtherPiecesIsForbidden() {
            restock(firstReturn, line("ESPRESSO-01", 3));

            assertForbidden(firstReturn, line("ESPRESSO-01", 2));
            assertForbidden(firstReturn, line("KETTLE-03", 1));
            assertThat(espresso.onHand()).isEqualTo(9);
        }

        @Test
        void noMoreComesBackThanHadLeftHoweverOften() {
            restock(firstReturn, line("ESPRESSO-01", 3));

            assertForbidden(secondReturn, line("ESPRESSO-01", 2));
            assertForbidden(secondReturn, line("ESPRESSO-01", 1), line("ESPRESSO-01", 1));
            assertThat(espresso.onHand()).isEqualTo(9);
            restock(secondReturn, line("ESPRESSO-01", 1));
            assertThat(espresso.onHand()).isEqualTo(10);
        }

        @Test
        void nothingComesBackWhereOneLineIsTooMuch() {
            assertForbidden(firstReturn, line("ESPRESSO-01", 1), line("KETTLE-03", 3));
            assertForbidden(firstReturn, line("ESPRESSO-01", 1), line("NO-SUCH", 1));
            assertForbidden(firstReturn, line("ESPRESSO-01", Quantity.MAX), line("ESPRESSO-01", Quantity.MAX));
            assertThat(espresso.onHand()).isEqualTo(6);
        }

        @Test
        void askedForAgainItIsStillCommitted() {
            StockCommitted first = reservation.commit(stock(), NOW);
            restock(firstReturn, line("ESPRESSO-01", 4), line("KETTLE-03", 2));

            assertThat(reservation.commit(stock(), NOW)).isEqualTo(first);
            assertThat(espresso.onHand()).isEqualTo(10);
        }

        private StockRestocked restock(RestockId id, StockLine... lines) {
            return reservation.restock(new Restock(ORDER, id, List.of(lines)), stock(), NOW);
        }

        private void assertForbidden(RestockId id, StockLine... lines) {
            assertThatIllegalStateException().isThrownBy(() -> restock(id, lines));
        }
    }

    @Test
    void whatHasNotLeftDoesNotComeBack() {
        Reservation held = request(line("ESPRESSO-01", 4));
        Restock one = new Restock(ORDER, new RestockId(Ids.next()), List.of(line("ESPRESSO-01", 1)));

        assertThatIllegalStateException().isThrownBy(() -> held.restock(one, stock(), NOW));
        held.release(stock(), NOW);
        assertThatIllegalStateException().isThrownBy(() -> held.restock(one, stock(), NOW));
        assertThat(espresso.onHand()).isEqualTo(10);
    }

    private Reservation request(StockLine... lines) {
        return Reservation.request(ORDER, List.of(lines), stock(), NOW);
    }

    private Stock stock() {
        return stock(espresso, kettle);
    }

    private static Stock stock(StockItem... items) {
        return new Stock(Arrays.stream(items).collect(Collectors.toMap(StockItem::sku, Function.identity())));
    }

    private static StockItem item(String sku, int onHand) {
        StockItem item = new StockItem(sku(sku));
        for (int missing = onHand; missing > 0; missing -= Quantity.MAX) {
            item.adjust(new Adjustment(Math.min(missing, Quantity.MAX)), "test", "test", NOW);
        }
        return item;
    }

    private static StockRefused refused(Shortage... shortages) {
        return new StockRefused(ORDER, RefusalReason.OUT_OF_STOCK, List.of(shortages));
    }

    private static StockLine line(String sku, int quantity) {
        return new StockLine(sku(sku), Quantity.of(quantity));
    }

    private static Sku sku(String sku) {
        return new Sku(sku);
    }
}
