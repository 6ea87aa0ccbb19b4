package dev.waybill.console.bulk;

import dev.waybill.console.bulk.Selection.Answer;
import dev.waybill.console.who.Who;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The frozen selections: what is in each, how far it is, and its start, stop and resumption. */
@Controller
@RequestMapping("/selections")
class SelectionsController {

    private final Selections selections;
    private final Items items;
    private final BulkActs acts;
    private final BulkSettings settings;
    private final SeeingToSelections seeing;

    SelectionsController(Selections selections, Items items, BulkActs acts, BulkSettings settings,
            SeeingToSelections seeing) {
        this.selections = selections;
        this.items = items;
        this.acts = acts;
        this.settings = settings;
        this.seeing = seeing;
    }

    @GetMapping
    String list(PageRequest request, Model model) {
        Page<Selection> page = selections.newest(request);
        List<Progress> progress = Progress.of(page.items(), items);
        model.addAttribute("selections", IntStream.range(0, progress.size())
                .mapToObj(n -> view(page.items().get(n), progress.get(n))).toList());
        model.addAttribute("next", page.next());
        return "selections";
    }

    /** Which of its items are shown, for whoever asks for them again. */
    record Shown(@Nullable ItemOutcome outcome, @Nullable String cursor) {

        /** As parameters of a request, for htmx. A cursor has no character that would have to be escaped. */
        public @Nullable String asValues() {
            String values = Stream
                    .of(value("outcome", outcome == null ? null : outcome.name()), value("cursor", cursor))
                    .flatMap(Optional::stream).collect(Collectors.joining(", "));
            return values.isEmpty() ? null : "{" + values + "}";
        }

        private static Optional<String> value(String name, @Nullable String value) {
            return Optional.ofNullable(value).map(given -> "\"%s\": \"%s\"".formatted(name, given));
        }
    }

    /** Asked for by htmx it is only how far it is, and what has become of each item that is shown. */
    @GetMapping("/{id}")
    String one(@PathVariable UUID id, @RequestParam(required = false) @Nullable ItemOutcome outcome,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part, PageRequest request,
            Model model, HttpServletResponse response) {
        Optional<Selection> selection = selections.find(id);
        if (selection.isEmpty()) {
            return missing(model, response);
        }
        show(selection.get(), model);
        BulkAct act = acts.find(selection.get().act()).orElse(null);
        var page = items.page(id, outcome, request).map(item -> ItemView.of(item, act));
        model.addAttribute("items", page.items());
        model.addAttribute("next", page.next());
        model.addAttribute("shown", new Shown(outcome, cursor));
        model.addAttribute("outcome", outcome);
        model.addAttribute("outcomes", ItemOutcome.values());
        model.addAttribute("leftOut", items.leftOut(id));
        return part ? "selection :: progress" : "selection";
    }

    @PostMapping("/{id}/start")
    String start(@PathVariable UUID id, @RequestParam(defaultValue = "") String count, @RequestParam int rate,
            Who who, PageRequest request, Model model, HttpServletResponse response) {
        return after(id, seeing.start(id, count, rate, who), request, model, response);
    }

    @PostMapping("/{id}/stop")
    String stop(@PathVariable UUID id, Who who, PageRequest request, Model model, HttpServletResponse response) {
        return after(id, seeing.stop(id, who), request, model, response);
    }

    @PostMapping("/{id}/resume")
    String resume(@PathVariable UUID id, Who who, PageRequest request, Model model, HttpServletResponse response) {
        return after(id, seeing.resume(id, who), request, model, response);
    }

    /** Whoever had to say their name first comes back here, and decides again. */
    @GetMapping({"/{id}/start", "/{id}/stop", "/{id}/resume"})
    String back(@PathVariable UUID id) {
        return "redirect:/selections/" + id;
    }

    private String after(
            UUID id, Optional<Answer> answer, PageRequest request, Model model, HttpServletResponse response) {
        if (answer.isEmpty()) {
            return missing(model, response);
        }
        return switch (answer.get()) {
            case Answer.Changed _ -> "redirect:/selections/" + id;
            case Answer.Refused no -> {
                response.setStatus(HttpStatus.CONFLICT.value());
                model.addAttribute("refused", no.why());
                String page = one(id, null, null, false, request, model, response);
                // A cursor is good for the path that it was made for, which is another one here.
                model.addAttribute("next", null);
                yield page;
            }
        };
    }

    private void show(Selection selection, Model model) {
        model.addAttribute("selection", view(selection, Progress.of(selection, items)));
        model.addAttribute("highest", settings.highest());
        model.addAttribute("consequence", acts.consequence(selection.act()));
    }

    private SelectionView view(Selection selection, Progress progress) {
        return SelectionView.of(selection, acts.title(selection.act()), progress);
    }

    private static String missing(Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.NOT_FOUND.value());
        model.addAttribute("title", "There is nothing here");
        model.addAttribute("detail", "There is no such selection.");
        return "problem";
    }
}
