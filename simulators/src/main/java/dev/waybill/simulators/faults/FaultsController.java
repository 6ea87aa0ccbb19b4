package dev.waybill.simulators.faults;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.simulators.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** The switchboard. */
@RestController
@RequestMapping("/faults")
class FaultsController {

    private final Faults faults;

    FaultsController(Faults faults) {
        this.faults = faults;
    }

    @GetMapping
    FaultList all() {
        return new FaultList(faults.all().stream().map(FaultView::from).toList());
    }

    @GetMapping("/{target}")
    FaultView one(@PathVariable String target) {
        return faults.find(Target.inPath(target)).map(FaultView::from).orElseThrow(
                () -> new ProblemException(HttpStatus.NOT_FOUND, "NO_FAULT", "No fault is switched on there"));
    }

    @PutMapping("/{target}")
    FaultView put(@PathVariable String target, @RequestBody Fault fault) {
        return FaultView.from(faults.put(Target.inPath(target), fault));
    }

    @DeleteMapping("/{target}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String target) {
        faults.remove(Target.inPath(target));
    }

    record FaultList(List<FaultView> items) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FaultView(String target, Mode mode, double rate, @Nullable Long delayMs, long struck) {

        static FaultView from(Faults.Active active) {
            Fault fault = active.fault();
            return new FaultView(
                    active.target().pathName(),
                    fault.mode(),
                    fault.share(),
                    fault.delayMs(),
                    active.struck().sum());
        }
    }
}
