package dev.waybill.console.parked;

import dev.waybill.console.bulk.Why;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.parked.SteeringParked.Edited;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Listing;
import dev.waybill.console.who.Who;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * One parked message: all that is known about it, and what can be done about it, as it was seen and no other. Where the answer to an act is
 * not heard, it is said what can be known of it.
 */
@Controller
@RequestMapping("/parked/{service}/{id}")
class ParkedMessageController {

    private final ParkedMessagesApi api;
    private final SteeringParked steering;
    private final MessageViews views;
    private final Journal journal;

    ParkedMessageController(ParkedMessagesApi api, SteeringParked steering, MessageViews views, Journal journal) {
        this.api = api;
        this.steering = steering;
        this.views = views;
        this.journal = journal;
    }

    @ModelAttribute("target")
    Target target(@PathVariable String service, @PathVariable UUID id) {
        return new Target(service, id);
    }

    @GetMapping
    String show(@ModelAttribute("target") Target target, @RequestParam(required = false) @Nullable String done,
            Model model, HttpServletResponse response) {
        model.addAttribute("edited", switch (Objects.requireNonNullElse(done, "")) {
            case "edited" -> "Edited. It was not handled yet: try it, or replay it.";
            case "unheard" ->
                "No answer was heard, but the edit is made: what stands here is what you have typed. It was not handled yet.";
            case "before" ->
                "The edit was made before: what stands here is what you have typed. It was not handled yet.";
            default -> null;
        });
        return page(target, null, model, response);
    }

    /** Shows what an edit would change, and sends nothing yet. */
    @PostMapping("/edit")
    String look(@ModelAttribute("target") Target target, @RequestParam(defaultValue = "") String payload,
            @RequestParam long version, @RequestParam(defaultValue = "") String reason, Who who, Model model,
            HttpServletResponse response) {
        if (Why.of(reason).isEmpty()) {
            return refused(target, Why.WANTED, model, response);
        }
        return compare(target, new Typed(payload, version, reason), null, model, response);
    }

    @PostMapping("/edit/send")
    String edit(@ModelAttribute("target") Target target, @RequestParam(defaultValue = "") String payload,
            @RequestParam long version, @RequestParam(defaultValue = "") String reason, Who who, Model model,
            HttpServletResponse response) {
        Optional<String> why = Why.of(reason);
        if (why.isEmpty() || !api.services().contains(target.service())) {
            return refused(target, Why.WANTED, model, response);
        }
        var typed = new Typed(payload, version, reason);
        return switch (steering.edit(target, typed, why.get(), who)) {
            case Answer.Answered<Edited>(Edited edited) ->
                "redirect:%s?done=%s".formatted(target.page(), edited.heard() ? "edited" : "unheard");
            case Answer.Refused<Edited> no when no.isStale() -> {
                ParkedMessage newest = api.get(target.service(), target.id()).found();
                if (newest != null && typed.standsIn(newest)) {
                    yield "redirect:%s?done=before".formatted(target.page());
                }
                response.setStatus(HttpStatus.PRECONDITION_FAILED.value());
                yield compare(target, typed, null, model, response);
            }
            case Answer.Refused<Edited> no -> {
                response.setStatus(HttpStatus.CONFLICT.value());
                yield compare(target, typed, no.words(), model, response);
            }
            case Answer.Silent<Edited> silent -> {
                response.setStatus(HttpStatus.BAD_GATEWAY.value());
                yield compare(target, typed, unheard(target, version, silent), model, response);
            }
        };
    }

    @PostMapping("/dry-run")
    String dryRun(@ModelAttribute("target") Target target, Who who, Model model, HttpServletResponse response) {
        if (!api.services().contains(target.service())) {
            return page(target, null, model, response);
        }
        return switch (steering.dryRun(target, who)) {
            case Answer.Answered<DryRun>(DryRun run) -> {
                model.addAttribute("run", run);
                yield "parked-dry-run";
            }
            case Answer.Refused<DryRun> no -> refused(target, no.words(), model, response);
            case Answer.Silent<DryRun> silent -> {
                response.setStatus(HttpStatus.BAD_GATEWAY.value());
                yield page(target, silent.words() + ". Nothing has changed: a dry run takes everything back.", model,
                        response);
            }
        };
    }

    @PostMapping("/replay")
    String replay(@ModelAttribute("target") Target target, @RequestParam long version,
            @RequestParam(defaultValue = "") String reason, Who who, Model model, HttpServletResponse response) {
        return act(target, "Replayed", version, reason, why -> steering.replay(target, version, why, who), model,
                response);
    }

    @PostMapping("/discard")
    String discard(@ModelAttribute("target") Target target, @RequestParam long version,
            @RequestParam(defaultValue = "") String reason, Who who, Model model, HttpServletResponse response) {
        return act(target, "Discarded", version, reason, why -> steering.discard(target, version, why, who), model,
                response);
    }

    /** Whoever had to say their name first comes back here, and decides again. */
    @GetMapping({"/edit", "/edit/send", "/dry-run", "/replay", "/discard"})
    String back(@ModelAttribute("target") Target target) {
        return "redirect:" + target.page();
    }

    private String act(Target target, String what, long version, String reason,
            Function<String, Answer<SeenTo>> act, Model model, HttpServletResponse response) {
        Optional<String> why = Why.of(reason);
        if (why.isEmpty() || !api.services().contains(target.service())) {
            return refused(target, Why.WANTED, model, response);
        }
        return switch (act.apply(why.get())) {
            case Answer.Answered<SeenTo>(SeenTo done) -> {
                model.addAttribute("what", what);
                model.addAttribute("done", done);
                yield "parked-done";
            }
            case Answer.Refused<SeenTo> no when no.isStale() -> {
                response.setStatus(HttpStatus.PRECONDITION_FAILED.value());
                yield page(target,
                        "Nothing was done: the message has changed since you looked, when it was at version %d. See what stands "
                                .formatted(version) + "there now, and decide again.",
                        model, response);
            }
            case Answer.Refused<SeenTo> no -> refused(target, no.words(), model, response);
            case Answer.Silent<SeenTo> silent -> {
                response.setStatus(HttpStatus.BAD_GATEWAY.value());
                yield page(target, unheard(target, version, silent), model, response);
            }
        };
    }

    /** What can be known of an act that nobody has said anything about, and that was not found to be done. */
    private String unheard(Target target, long version, Answer.Silent<?> silent) {
        if (!silent.reached()) {
            return silent.words() + ". Nothing was done.";
        }
        return "What came of it was not heard: %s. ".formatted(silent.words())
                + switch (api.get(target.service(), target.id())) {
                    case Answer.Answered<ParkedMessage>(ParkedMessage now) when now.version() == version ->
                        "The message is as you saw it: nothing was done so far. It can be asked for again: it is done only while the message is as "
                                + "you saw it, and so once at most.";
                    case Answer.Answered<ParkedMessage> _ ->
                        "The message has changed since you looked: see below what stands there now, and what "
                                + "was done about it.";
                    case Answer.Refused<ParkedMessage> no when no.isMissing() -> "The message is gone.";
                    case Answer.Refused<ParkedMessage> _,Answer.Silent<ParkedMessage> _ ->
                        "Nobody knows whether it was done.";
                };
    }

    private String refused(Target target, String why, Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.CONFLICT.value());
        return page(target, why, model, response);
    }

    /** @param trouble what has just gone wrong */
    private String page(Target target, @Nullable String trouble, Model model, HttpServletResponse response) {
        model.addAttribute("refused", trouble);
        return ifThere(target, model, response, message -> {
            model.addAttribute("message", views.of(target.service(), message));
            var acts = journal.of(target.about());
            model.addAttribute("acts", Objects.requireNonNullElse(acts.found(), List.of()));
            model.addAttribute("journalTrouble", acts.trouble());
            return "parked-message";
        });
    }

    private String compare(Target target, Typed typed, @Nullable String trouble, Model model,
            HttpServletResponse response) {
        model.addAttribute("refused", trouble);
        return ifThere(target, model, response, message -> {
            model.addAttribute("edit", EditView.of(message, typed));
            return "parked-edit";
        });
    }

    private String ifThere(Target target, Model model, HttpServletResponse response,
            Function<ParkedMessage, String> page) {
        if (!api.services().contains(target.service())) {
            return missing("There is no such service.", HttpStatus.NOT_FOUND, model, response);
        }
        return switch (api.get(target.service(), target.id())) {
            case Answer.Answered<ParkedMessage>(ParkedMessage message) -> page.apply(message);
            case Answer.Refused<ParkedMessage> no when no.isMissing() -> missing(
                    "There is no such parked message any more: %s.".formatted(howItWent(target)), HttpStatus.NOT_FOUND,
                    model, response);
            case Answer.Refused<ParkedMessage> no -> missing(no.words(), HttpStatus.CONFLICT, model, response);
            case Answer.Silent<ParkedMessage> silent ->
                missing(silent.words() + ".", HttpStatus.BAD_GATEWAY, model, response);
        };
    }

    /** By the service's journal, which outlives the message. */
    private String howItWent(Target target) {
        Listing<ParkedMessage.Act> acts = api.acts(target.service(), target.id()).found();
        return acts == null || acts.items().isEmpty()
                ? "it was replayed or discarded"
                : acts.items().getFirst().words();
    }

    /** What has just gone wrong is said there too. */
    private static String missing(String words, HttpStatus status, Model model, HttpServletResponse response) {
        response.setStatus(status.value());
        model.addAttribute("title", "This message cannot be shown");
        model.addAttribute("detail",
                model.getAttribute("refused") instanceof String trouble ? trouble + " " + words : words);
        return "problem";
    }
}
