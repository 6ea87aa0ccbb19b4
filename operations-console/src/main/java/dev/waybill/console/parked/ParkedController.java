package dev.waybill.console.parked;

import dev.waybill.console.bulk.BulkOrder;
import dev.waybill.console.bulk.Why;
import dev.waybill.console.journal.About;
import dev.waybill.console.who.Who;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import java.util.Optional;

/** The parked messages of all services, and the way from a filter to a frozen selection. */
@Controller
@RequestMapping("/parked")
class ParkedController {

    private final ParkedOverview overview;
    private final ParkedSelecting selecting;
    private final ParkedMessagesApi api;

    ParkedController(ParkedOverview overview, ParkedSelecting selecting, ParkedMessagesApi api) {
        this.overview = overview;
        this.selecting = selecting;
        this.api = api;
    }

    /** Asked for by htmx it is only what was found. */
    @GetMapping
    String all(
            @RequestParam(defaultValue = "") String service,
            @RequestParam(defaultValue = "") String subscription,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "false") boolean waiting,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part,
            Model model) {
        var filter = new ParkedFilter(service, subscription, key, reason, waiting);
        model.addAttribute("filter", filter);
        model.addAttribute("services", api.services());
        model.addAttribute("cursor", service.isBlank() ? null : cursor);
        model.addAttribute("looked", overview.look(filter, service.isBlank() ? null : cursor));
        return part ? "parked :: found" : "parked";
    }

    /** Freezes what the filter finds; nothing is done to it yet. */
    @PostMapping("/selection")
    String freeze(
            @RequestParam(defaultValue = "") String service,
            @RequestParam(defaultValue = "") String subscription,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String why,
            Who who,
            Model model,
            HttpServletResponse response) {
        String name = switch (act) {
            case "replay" -> ReplayParked.NAME;
            case "discard" -> DiscardParked.NAME;
            default -> "";
        };
        Optional<String> stated = Why.of(why);
        if (name.isEmpty() || stated.isEmpty()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", name.isEmpty() ? "There is no such act. Nothing was done." : Why.WANTED);
            return all(service, subscription, key, reason, false, null, false, model);
        }
        var filter = new ParkedFilter(service, subscription, key, reason, false);
        var id = selecting.freeze(name, filter, new BulkOrder(who, stated.get()));
        return "redirect:" + About.selection(id).page();
    }

    /** Whoever had to say their name first comes back here, and decides again. */
    @GetMapping("/selection")
    String back() {
        return "redirect:/parked";
    }
}
