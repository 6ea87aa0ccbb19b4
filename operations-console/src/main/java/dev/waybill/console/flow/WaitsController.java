package dev.waybill.console.flow;

import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Services;
import dev.waybill.defaults.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a service waits for from the outside world, and the orders that wait with it. */
@Controller
class WaitsController {

    static final List<String> ASKING_OUTSIDE = List.of(Services.PAYMENT, Services.SHIPPING, Services.NOTIFICATION);

    private static final ProblemType ASKS_NOBODY = ProblemType.notFound("asks-nobody-outside",
            "This service asks nobody outside");
    private static final int AT_ONCE = 50;

    private final Services services;

    WaitsController(Services services) {
        this.services = services;
    }

    /** Asked for by htmx it is only what changes. */
    @GetMapping("/waits")
    String waits(@RequestParam(defaultValue = Services.PAYMENT) String service,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part, Model model) {
        if (!ASKING_OUTSIDE.contains(service)) {
            throw ASKS_NOBODY.because("Of these one is wanted: " + String.join(", ", ASKING_OUTSIDE));
        }
        Answer<Waits> answer = of(service, cursor);
        model.addAttribute("service", service);
        model.addAttribute("services", ASKING_OUTSIDE);
        model.addAttribute("cursor", cursor);
        model.addAttribute("waits", answer.found());
        model.addAttribute("trouble", answer.words());
        return part ? "waits :: live" : "waits";
    }

    Answer<Waits> of(String service, @Nullable String cursor) {
        Map<String, @Nullable Object> query = new HashMap<>();
        query.put("limit", AT_ONCE);
        query.put("cursor", cursor);
        return services.of(service).get(Waits.class, "/operations/outside-calls", query);
    }
}
