package dev.waybill.console;

import dev.waybill.console.who.Who;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

import java.util.Optional;

/** What the layout and every template need. */
@ControllerAdvice(annotations = Controller.class)
class OnEveryPage {

    private final Say say;

    OnEveryPage(Say say) {
        this.say = say;
    }

    @ModelAttribute
    void add(Optional<Who> who, Model model) {
        model.addAttribute("say", say);
        model.addAttribute("operator", who.map(Who::name).orElse(null));
    }
}
