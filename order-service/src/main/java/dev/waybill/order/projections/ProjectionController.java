package dev.waybill.order.projections;

import dev.waybill.defaults.operators.Operator;
import dev.waybill.defaults.operators.Reason;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;

/** Shows the projections and has them made anew, for operators. */
@RestController
@RequestMapping("/operations/projections")
class ProjectionController {

    private static final ProblemType UNKNOWN = ProblemType.notFound("unknown-projection",
            "There is no such projection");

    private final Projections projections;
    private final Generations generations;
    private final Rebuilds rebuilds;
    private final Rebuilding rebuilding;
    private final RebuildWorker worker;

    ProjectionController(Projections projections, Generations generations, Rebuilds rebuilds, Rebuilding rebuilding,
            RebuildWorker worker) {
        this.projections = projections;
        this.generations = generations;
        this.rebuilds = rebuilds;
        this.rebuilding = rebuilding;
        this.worker = worker;
    }

    @GetMapping
    Page<ProjectionView> list() {
        return Page.whole(projections.all().stream().map(projection -> view(projection.name())).toList());
    }

    @PostMapping("/{name}/rebuilds")
    ResponseEntity<ProjectionView> rebuild(
            @PathVariable String name, @Valid @RequestBody Reason reason, HttpServletRequest request) {
        String projection = projections.named(name).map(Projection::name)
                .orElseThrow(() -> UNKNOWN.because("It is one of those that GET /operations/projections lists"));
        rebuilding.request(projection, Operator.nameOf(request), reason.reason());
        worker.wakeUp();
        return ResponseEntity.accepted().location(URI.create("/operations/projections")).body(view(projection));
    }

    private ProjectionView view(String projection) {
        return ProjectionView.from(generations.find(projection), rebuilds.lastOf(projection).orElse(null));
    }
}
