package dev.waybill.console.sagas;

import dev.waybill.console.journal.About;
import dev.waybill.console.journal.Entry;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.SagaService.Wanted;
import dev.waybill.console.who.Who;
import dev.waybill.defaults.problems.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Which sagas are on their way or stuck, and one of them with all that it did. */
@Controller
@RequestMapping("/sagas")
class SagasController {

    static final ProblemType NO_SUCH_SAGA = ProblemType.notFound("unknown-saga", "There is no such saga");

    private final LookingAtSagas looking;
    private final Journal journal;

    SagasController(LookingAtSagas looking, Journal journal) {
        this.looking = looking;
        this.journal = journal;
    }

    /** Asked for by htmx it is only the list. */
    @GetMapping
    String list(@RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String step,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String olderThan,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part, Model model) {
        var wanted = new Wanted(known(status), text(step), text(type), text(olderThan), null);
        model.addAttribute("wanted", wanted);
        model.addAttribute("unfinished", LookingAtSagas.UNFINISHED);
        model.addAttribute("finished", LookingAtSagas.FINISHED);
        model.addAttribute("list", looking.list(wanted, text(cursor)));
        model.addAttribute("cursor", text(cursor));
        return part ? "sagas :: found" : "sagas";
    }

    /** Where it is said what is to be done about all sagas that are like these, which are then frozen and counted first. */
    @GetMapping("/together")
    String together(@RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String step,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String olderThan, Who who, Model model) {
        var wanted = new Wanted(known(status), text(step), text(type), text(olderThan), null);
        model.addAttribute("wanted", wanted);
        return LookingAtSagas.UNFINISHED.contains(wanted.status()) ? "together" : "redirect:/sagas";
    }

    @GetMapping("/{id}")
    String saga(@PathVariable UUID id, @RequestParam(required = false) @Nullable String done,
            @RequestParam(required = false) @Nullable String found,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part, Model model,
            HttpServletResponse response) {
        Answer<SagaLook> answer = looking.at(id);
        if (answer instanceof Answer.Refused<SagaLook> refused && refused.isMissing()) {
            throw NO_SUCH_SAGA.because("There is no saga " + id);
        }
        SagaLook look = answer.found();
        model.addAttribute("id", id);
        model.addAttribute("look", look);
        model.addAttribute("trouble", answer.trouble());
        model.addAttribute("title", look == null ? "Saga " + id : "Saga of order " + look.orderName());
        model.addAttribute("done", Act.of(text(done)).map(act -> "%s: %s".formatted(act.title(), taken(text(found))))
                .orElse(null));
        Answer<List<Entry>> entries = journal.of(About.saga(id));
        model.addAttribute("entries", Objects.requireNonNullElse(entries.found(), List.of()));
        model.addAttribute("journalTrouble", entries.trouble());
        // A part that says so has to be shown, which only a good answer is.
        if (look == null && !part) {
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
        }
        return part ? "saga :: now" : "saga";
    }

    private static String taken(String found) {
        return switch (found) {
            case "unheard" -> "no answer was heard, but the saga's own journal has it, so it was taken on.";
            case "before" -> "the saga's own journal has had it already, so it was taken on, and not asked for again.";
            default -> "taken on by the orchestrator. What comes of it is told below.";
        };
    }

    private static String text(@Nullable String typed) {
        return Objects.requireNonNullElse(typed, "").strip();
    }

    /** A status that no saga has is as good as none: it can only have been typed into the address. */
    private static String known(@Nullable String status) {
        String typed = text(status);
        return List.of(LookingAtSagas.UNFINISHED, LookingAtSagas.FINISHED).stream().anyMatch(all -> all.contains(typed))
                ? typed
                : "";
    }
}
