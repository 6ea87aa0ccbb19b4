package dev.waybill.console.sagas;

import dev.waybill.console.services.Answer;
import dev.waybill.console.services.SagaService.Saga;
import dev.waybill.console.who.Who;
import dev.waybill.defaults.problems.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import java.util.UUID;

/**
 * Takes what a person wants of a saga: first a page that says what will happen and asks why, then the act. What was decided about
 * a saga that stands elsewhere by now is not done: it is shown how it stands, and asked again.
 */
@Controller
@RequestMapping("/sagas/{id}/{act:retry|skip|compensate|resolve}")
class SteeringController {

    private static final ProblemType SAGA_UNKNOWN_NOW = ProblemType.unavailable("saga-not-known-now",
            "How the saga stands is not known at the moment");

    private final LookingAtSagas looking;
    private final SteeringSagas steering;

    SteeringController(LookingAtSagas looking, SteeringSagas steering) {
        this.looking = looking;
        this.steering = steering;
    }

    @GetMapping
    String confirm(@PathVariable UUID id, @PathVariable String act, Who who, Model model) {
        return form(look(id), new Wish(Act.of(act).orElseThrow(), "", "", ""), null, model);
    }

    @PostMapping
    String act(@PathVariable UUID id, @PathVariable String act, Who who,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String seen, Model model, HttpServletResponse response) {
        var wish = new Wish(Act.of(act).orElseThrow(), reason, outcome, seen);
        SagaLook look = look(id);
        String objection = wish.objection();
        if (objection != null) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return form(look, wish, objection, model);
        }
        if (!Wish.standing(look.saga()).equals(wish.seen())) {
            response.setStatus(HttpStatus.CONFLICT.value());
            return form(look, wish,
                    "Nothing is done yet: the saga has moved on since you looked. See how it stands, and decide again",
                    model);
        }
        return switch (steering.steer(look.saga(), wish, who)) {
            case Answer.Answered<Saga> taken -> "redirect:/sagas/%s?done=%s".formatted(id, act);
            case Answer.Refused<Saga> no -> {
                response.setStatus(HttpStatus.CONFLICT.value());
                yield form(look(id), wish, "Refused. " + no.words(), model);
            }
            case Answer.Silent<Saga> silent -> {
                response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
                yield form(look, wish, silent.reached()
                        ? "Nobody knows whether it was taken on: %s. Look at the saga's journal before you ask again"
                                .formatted(silent.words())
                        : "Nothing is done: " + silent.words(), model);
            }
        };
    }

    private SagaLook look(UUID id) {
        return switch (looking.at(id)) {
            case Answer.Answered<SagaLook>(SagaLook look) -> look;
            case Answer.Refused<SagaLook> no when no.isMissing() ->
                throw SagasController.NO_SUCH_SAGA.because("There is no saga " + id);
            case Answer.Refused<SagaLook> no -> throw SAGA_UNKNOWN_NOW.because(no.words());
            case Answer.Silent<SagaLook> silent -> throw SAGA_UNKNOWN_NOW.because(silent.words());
        };
    }

    private static String form(SagaLook look, Wish wish, @Nullable String objection, Model model) {
        model.addAttribute("look", look);
        model.addAttribute("wish", wish);
        model.addAttribute("seen", Wish.standing(look.saga()));
        model.addAttribute("objection", objection);
        model.addAttribute("title", "Saga of order %s: %s".formatted(look.orderName(), wish.act().path()));
        return "steer";
    }
}
