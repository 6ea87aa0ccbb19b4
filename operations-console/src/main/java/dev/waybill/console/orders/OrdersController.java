package dev.waybill.console.orders;

import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Listing;
import dev.waybill.console.services.OrderService;
import dev.waybill.console.services.OrderService.Order;
import dev.waybill.defaults.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Finds orders, and shows one of them. */
@Controller
@RequestMapping("/orders")
class OrdersController {

    private static final ProblemType NO_SUCH_ORDER = ProblemType.notFound("order-not-found", "There is no such order");
    private static final ProblemType NO_MOMENT = ProblemType.badRequest("no-moment", "This is no moment");

    private final OrderService orders;
    private final LookingAtOrders looking;

    OrdersController(OrderService orders, LookingAtOrders looking) {
        this.orders = orders;
        this.looking = looking;
    }

    /** Asked for by htmx it is only what was found. */
    @GetMapping
    String search(@RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String sku,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part, Model model) {
        var form = new SearchForm(q, status, sku, from, to);
        model.addAttribute("form", form);
        model.addAttribute("statuses", SearchForm.STATUSES);
        try {
            UUID id = form.id();
            Answer<Listing<Order>> answer = id == null
                    ? orders.search(form.wanted(), cursor)
                    : orders.order(id).map(one -> new Listing<>(List.of(one), null));
            model.addAttribute("found", answer.found());
            model.addAttribute("trouble", answer.words());
        } catch (DateTimeException e) {
            model.addAttribute("trouble", "A time is wanted like 2026-11-21T14:00, in UTC");
        }
        return part ? "orders :: found" : "orders";
    }

    /**
     * One order now, and as it was.
     *
     * @param stop that of the moments at which something happened to it, counted from the first
     * @param at   any moment; a {@code stop} goes before it
     */
    @GetMapping("/{id}")
    String order(@PathVariable UUID id, @RequestParam(required = false) @Nullable Integer stop,
            @RequestParam(required = false) @Nullable String at,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part, Model model) {
        OrderLook look = looking.at(id);
        if (look.order() instanceof Answer.Refused<Order> refused && refused.isMissing()) {
            throw NO_SUCH_ORDER.because("There is no order " + id);
        }
        model.addAttribute("look", look);
        Order order = look.order().found();
        model.addAttribute("title", "Order " + (order == null ? id : order.name()));
        if (part) {
            return "order :: now";
        }
        Instant moment = moment(at);
        model.addAttribute("then", stop == null && moment == null
                ? looking.latest(look)
                : looking.back(id, look.timeline(), stop, moment));
        return "order";
    }

    /** Only how it was. */
    @GetMapping("/{id}/then")
    String then(@PathVariable UUID id, @RequestParam(required = false) @Nullable Integer stop,
            @RequestParam(required = false) @Nullable String at, Model model) {
        model.addAttribute("then", looking.back(id, orders.timeline(id), stop, moment(at)));
        return "order :: was";
    }

    private static @Nullable Instant moment(@Nullable String at) {
        try {
            return at == null || at.isBlank() ? null : Instant.parse(at);
        } catch (DateTimeException e) {
            throw NO_MOMENT.because("A moment is wanted like 2026-11-21T14:00:00Z");
        }
    }
}
