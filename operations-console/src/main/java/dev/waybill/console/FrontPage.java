package dev.waybill.console;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class FrontPage {

    @GetMapping("/")
    String front() {
        return "redirect:/consumers";
    }
}
