package dev.waybill.console.bulk.sagas;

import dev.waybill.console.bulk.BulkOrder;
import dev.waybill.console.bulk.Why;
import dev.waybill.console.journal.About;
import dev.waybill.console.services.SagaService.Wanted;
import dev.waybill.console.who.Who;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The way from the sagas' page to a frozen selection. */
@Controller
@RequestMapping("/sagas/selection")
class SagaSelectionController {

    private final SagaSelecting selecting;

    SagaSelectionController(SagaSelecting selecting) {
        this.selecting = selecting;
    }

    /**
     * Freezes what the filter finds; nothing is done to it yet.
     *
     * @param act {@code RETRY}, {@code SKIP}, {@code COMPENSATE}, {@code COMPLETED} or {@code COMPENSATED}
     */
    @PostMapping
    String freeze(
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "") String step,
            @RequestParam(defaultValue = "") String type,
            @RequestParam(defaultValue = "") String olderThan,
            @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String why,
            Who who,
            Model model,
            HttpServletResponse response) {
        Wanted wanted = wanted(status, step, type, olderThan);
        Optional<SagaChoice> choice = SagaChoice.named(act);
        Optional<String> reason = Why.of(why);
        if (choice.isEmpty() || reason.isEmpty()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("title", "Nothing was done");
            model.addAttribute("detail", choice.isEmpty() ? "There is no such act." : Why.WANTED);
            return "problem";
        }
        UUID id = selecting.freeze(choice.get(), wanted, words(wanted), new BulkOrder(who, reason.get()));
        return "redirect:" + About.selection(id).page();
    }

    /** Whoever had to say their name first comes back here, and decides again. */
    @GetMapping
    String back() {
        return "redirect:/sagas";
    }

    private static Wanted wanted(String status, String step, String type, String olderThan) {
        return new Wanted(status.strip(), step.strip(), type.strip(), olderThan.strip(), null);
    }

    private static String words(Wanted wanted) {
        String words = Stream.of(named("state", wanted.status()), named("step", wanted.step()),
                named("kind", wanted.type()), named("older than", wanted.olderThan())).flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return wanted.status().isEmpty() ? words.isEmpty() ? "not finished" : "not finished, " + words : words;
    }

    private static Optional<String> named(String name, String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(name + " " + value);
    }
}
