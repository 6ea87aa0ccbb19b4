package dev.waybill.console;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Whoever comes looks for an order. */
@Controller
class FrontPage {

    @GetMapping("/")
    String front() {
        return "redirect:/orders";
    }
}
