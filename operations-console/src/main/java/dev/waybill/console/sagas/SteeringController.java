package dev.waybill.console.sagas;

import dev.waybill.console.sagas.SteeringSagas.Taken;
import dev.waybill.console.services.Answer;
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

import java.util.List;
import java.util.UUID;

/**
 * Takes what a person wants of a saga: first a page that says what will happen and asks why, then the act. What was decided about
 * a saga that is another one by now is not done: it is shown what has changed, and asked again. Where no answer is heard, it is
 * said what can be known: whether the saga has it, has it not, or has moved on.
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
        SagaLook look = look(id);
        return form(look, new Wish(Act.of(act).orElseThrow(), "", "", Seen.of(look.saga())), null, model);
    }

    /**
     * @param version of the saga that was looked at
     * @param lines   in its journal then
     * @param seen    where it stood then
     */
    @PostMapping
    String act(@PathVariable UUID id, @PathVariable String act, Who who,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable Long version,
            @RequestParam(required = false) @Nullable Integer lines,
            @RequestParam(required = false) @Nullable String seen, Model model, HttpServletResponse response) {
        var wish = new Wish(Act.of(act).orElseThrow(), reason, outcome, Seen.sent(version, lines, seen));
        SagaLook look = look(id);
        String objection = wish.objection();
        if (objection != null) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return form(look, wish, objection, model);
        }
        if (!wish.seen().isStill(look.saga())) {
            return movedOn(look, wish, who, model, response);
        }
        return switch (steering.steer(look.saga(), wish, who)) {
            case Answer.Answered<Taken>(Taken taken) -> "redirect:/sagas/%s?done=%s%s"
                    .formatted(id, act, taken.heard() ? "" : "&found=unheard");
            case Answer.Refused<Taken> no when no.isStale() -> movedOn(look(id), wish, who, model, response);
            case Answer.Refused<Taken> no -> {
                response.setStatus(HttpStatus.CONFLICT.value());
                yield form(look(id), wish, "Refused. " + no.words(), model);
            }
            case Answer.Silent<Taken> silent -> {
                SagaLook now = silent.reached() ? looking.at(id).found() : null;
                if (now != null && wish.isIn(now.saga(), who)) {
                    yield "redirect:/sagas/%s?done=%s&found=unheard".formatted(id, act);
                }
                response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
                yield silent.reached()
                        ? unheard(now, look, wish, silent.words(), model)
                        : form(look, wish, "Nothing is done: " + silent.words(), model);
            }
        };
    }

    /** Its own wish may be what has moved it: where a form is sent twice, or its answer was not heard. */
    private static String movedOn(SagaLook look, Wish wish, Who who, Model model, HttpServletResponse response) {
        if (wish.isIn(look.saga(), who)) {
            return "redirect:/sagas/%s?done=%s&found=before".formatted(look.saga().id(), wish.act().path());
        }
        response.setStatus(HttpStatus.CONFLICT.value());
        return form(look, wish,
                "Nothing is done: the saga has moved on since you looked. %s. See how it stands, and decide again"
                        .formatted(wish.seen().difference(look.saga())),
                model);
    }

    /** @param now as it is after that; null where that is not known */
    private static String unheard(@Nullable SagaLook now, SagaLook before, Wish wish, String why, Model model) {
        if (now == null) {
            return form(before, wish,
                    ("What came of it was not heard: %s. Nobody knows whether it was taken on, and how the saga stands is not "
                            + "known at the moment. It can be asked for again: it is done only while the saga is as you saw it, and so once at most")
                            .formatted(why),
                    model);
        } else if (wish.seen().isStill(now.saga())) {
            return form(now, wish,
                    ("What came of it was not heard: %s. The saga is as you saw it: it was not taken on so far. It can be asked for "
                            + "again: it is done only while the saga is as you saw it, and so once at most")
                            .formatted(why),
                    model);
        }
        return form(now, wish,
                ("What came of it was not heard: %s. It was not taken on: the saga's journal does not have it, and the saga has "
                        + "moved on since you looked. %s. See how it stands, and decide again")
                        .formatted(why, wish.seen().difference(now.saga())),
                model);
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
        model.addAttribute("seen", Seen.of(look.saga()));
        boolean moved = !wish.seen().isStill(look.saga());
        model.addAttribute("since", moved ? wish.seen().since(look.saga()) : List.of());
        model.addAttribute("objection", objection);
        model.addAttribute("title", "Saga of order %s: %s".formatted(look.orderName(), wish.act().path()));
        return "steer";
    }
}
