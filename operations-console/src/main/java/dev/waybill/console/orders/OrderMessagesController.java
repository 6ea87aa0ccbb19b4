package dev.waybill.console.orders;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

import java.util.UUID;

/** All messages of one order, with what stands on them and in them. */
@Controller
class OrderMessagesController {

    private final LookingAtMessages looking;

    OrderMessagesController(LookingAtMessages looking) {
        this.looking = looking;
    }

    /** Asked for by htmx it is only the messages. */
    @GetMapping("/orders/{id}/messages")
    String messages(@PathVariable UUID id, @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part,
            Model model) {
        model.addAttribute("messages", looking.of(id));
        return part ? "order-messages :: all" : "order-messages";
    }
}
