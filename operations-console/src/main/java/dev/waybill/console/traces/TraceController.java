package dev.waybill.console.traces;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

import java.util.List;
import java.util.Locale;

/** How one order went, span by span, as far as its spans have come and are still here. */
@Controller
class TraceController {

    private final SpanStore store;

    TraceController(SpanStore store) {
        this.store = store;
    }

    /** Asked for by htmx it is only the pictures. */
    @GetMapping("/orders/{id}/trace")
    String trace(@PathVariable String id, @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part,
            Model model) {
        String order = id.toLowerCase(Locale.ROOT);
        List<TraceView> traces = store.ofOrder(order).stream().map(Waterfall::of).map(TraceView::of).toList();
        model.addAttribute("order", order);
        model.addAttribute("traces", traces);
        return part ? "trace :: waterfalls" : "trace";
    }
}
