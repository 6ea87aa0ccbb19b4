package dev.waybill.console.flow;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/** The front page: where it hurts, and the way there. */
@Controller
class FlowController {

    private final Drawing drawing;

    FlowController(Drawing drawing) {
        this.drawing = drawing;
    }

    /** Asked for by htmx it is only what changes. */
    @GetMapping("/")
    String flow(@RequestHeader(name = "HX-Request", defaultValue = "false") boolean part, Model model) {
        model.addAttribute("flow", drawing.now());
        return part ? "flow :: live" : "flow";
    }
}
