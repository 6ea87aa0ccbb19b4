package dev.waybill.inventory.stock;

import dev.waybill.defaults.paging.Moment;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.events.OrderId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/** Shows what is held for an order. */
@RestController
class ReservationController {

    private static final ProblemType NO_SUCH_RESERVATION = ProblemType.notFound("reservation-not-found",
            "There is no such reservation");

    private final Reservations reservations;
    private final OverdueHolds overdueHolds;
    private final StockSettings settings;

    ReservationController(Reservations reservations, OverdueHolds overdueHolds, StockSettings settings) {
        this.reservations = reservations;
        this.overdueHolds = overdueHolds;
        this.settings = settings;
    }

    /** What has been held for too long, the oldest first. Other lists of reservations there are none. */
    @GetMapping(path = "/reservations", params = "overdue=true")
    Page<ReservationView> overdue(PageRequest page) {
        return page.page(
                overdueHolds.list(page.after(Moment::parse), page.fetchSize()),
                OverdueHolds::position).map(reservation -> ReservationView.from(reservation, settings.holdFor()));
    }

    @GetMapping("/reservations/{orderId}")
    ReservationView show(@PathVariable UUID orderId) {
        return reservations.find(new OrderId(orderId))
                .map(reservation -> ReservationView.from(reservation, settings.holdFor()))
                .orElseThrow(() -> NO_SUCH_RESERVATION.because("Nothing was ever reserved for " + orderId));
    }
}
