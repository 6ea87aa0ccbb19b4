package dev.waybill.console.parked;

import dev.waybill.console.bulk.Why;
import dev.waybill.console.journal.About;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.services.Answer;
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
import java.util.function.Supplier;

/** One parked message: all that is known about it, and what can be done about it. Each act is journaled with who and why. */
@Controller
@RequestMapping("/parked/{service}/{id}")
class ParkedMessageController {

    private static final int PRECONDITION_FAILED = HttpStatus.PRECONDITION_FAILED.value();

    private final ParkedMessagesApi api;
    private final MessageViews views;
    private final Journal journal;

    ParkedMessageController(ParkedMessagesApi api, MessageViews views, Journal journal) {
        this.api = api;
        this.views = views;
        this.journal = journal;
    }

    /**
     * Which message is meant.
     *
     * @param service as the path names it
     */
    record Target(String service, UUID id) {

        About about() {
            return About.message(service, id);
        }

        public String page() {
            return about().page();
        }
    }

    @ModelAttribute("target")
    Target target(@PathVariable String service, @PathVariable UUID id) {
        return new Target(service, id);
    }

    @GetMapping
    String show(@ModelAttribute("target") Target target, @RequestParam(required = false) @Nullable String done,
            Model model, HttpServletResponse response) {
        model.addAttribute("edited", "edited".equals(done));
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
        Answer<ParkedMessage> answer = journal.record(who, "edit", about(target), why.get(),
                () -> api.edit(target.service(), target.id(), version, typed.payload(), why.get(), who));
        return switch (answer) {
            case Answer.Answered<ParkedMessage> _ -> "redirect:" + target.page() + "?done=edited";
            case Answer.Refused<ParkedMessage> no when no.status() == PRECONDITION_FAILED -> {
                response.setStatus(PRECONDITION_FAILED);
                yield compare(target, typed, null, model, response);
            }
            case Answer.Refused<ParkedMessage> no -> {
                response.setStatus(HttpStatus.CONFLICT.value());
                yield compare(target, typed, no.words(), model, response);
            }
            case Answer.Silent<ParkedMessage> silent -> {
                response.setStatus(HttpStatus.BAD_GATEWAY.value());
                yield compare(target, typed, silent.words(), model, response);
            }
        };
    }

    @PostMapping("/dry-run")
    String dryRun(@ModelAttribute("target") Target target, Who who, Model model, HttpServletResponse response) {
        return act(target, () -> journal.record(who, "dry run", about(target), "",
                () -> api.dryRun(target.service(), target.id(), who), DryRun::words), run -> {
                    model.addAttribute("run", run);
                    return "parked-dry-run";
                }, model, response);
    }

    @PostMapping("/replay")
    String replay(@ModelAttribute("target") Target target, @RequestParam(defaultValue = "") String reason, Who who,
            Model model, HttpServletResponse response) {
        return Why.of(reason).map(why -> act(target, () -> journal.record(who, "replay", about(target), why,
                () -> api.replay(target.service(), target.id(), why, who), WorkedOff::words), done("Replayed", model),
                model, response))
                .orElseGet(() -> refused(target, Why.WANTED, model, response));
    }

    @PostMapping("/discard")
    String discard(@ModelAttribute("target") Target target, @RequestParam(defaultValue = "") String reason, Who who,
            Model model, HttpServletResponse response) {
        return Why.of(reason).map(why -> act(target, () -> journal.record(who, "discard", about(target), why,
                () -> api.discard(target.service(), target.id(), why, who), WorkedOff::words), done("Discarded", model),
                model,
                response))
                .orElseGet(() -> refused(target, Why.WANTED, model, response));
    }

    /** With its order, which its service tells as long as the message is there. */
    private About about(Target target) {
        ParkedMessage message = api.get(target.service(), target.id()).found();
        return message == null ? target.about() : target.about().of(message.order());
    }

    /** Whoever had to say their name first comes back here, and decides again. */
    @GetMapping({"/edit", "/edit/send", "/dry-run", "/replay", "/discard"})
    String back(@ModelAttribute("target") Target target) {
        return "redirect:" + target.page();
    }

    private static Function<WorkedOff, String> done(String what, Model model) {
        return worked -> {
            model.addAttribute("what", what);
            model.addAttribute("worked", worked);
            return "parked-done";
        };
    }

    private <T> String act(Target target, Supplier<Answer<T>> act, Function<T, String> page,
            Model model, HttpServletResponse response) {
        if (!api.services().contains(target.service())) {
            return page(target, null, model, response);
        }
        return switch (act.get()) {
            case Answer.Answered<T>(T value) -> page.apply(value);
            case Answer.Refused<T> no -> refused(target, no.words(), model, response);
            case Answer.Silent<T> silent -> {
                response.setStatus(HttpStatus.BAD_GATEWAY.value());
                yield page(target, silent.words() + (silent.reached()
                        ? ". It may have been done all the same."
                        : ". Nothing was done."), model, response);
            }
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
            case Answer.Refused<ParkedMessage> no when no.isMissing() ->
                missing("There is no such parked message any more: it was replayed or discarded.",
                        HttpStatus.NOT_FOUND, model, response);
            case Answer.Refused<ParkedMessage> no -> missing(no.words(), HttpStatus.CONFLICT, model, response);
            case Answer.Silent<ParkedMessage> silent ->
                missing(silent.words() + ".", HttpStatus.BAD_GATEWAY, model, response);
        };
    }

    private static String missing(String words, HttpStatus status, Model model, HttpServletResponse response) {
        response.setStatus(status.value());
        model.addAttribute("title", "This message cannot be shown");
        model.addAttribute("detail", words);
        return "problem";
    }
}
