package dev.waybill.console.bulk;

import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every act by its name. */
@Component
class BulkActs {

    private final Map<String, BulkAct> acts;

    BulkActs(List<BulkAct> acts) {
        this.acts = acts.stream().collect(Collectors.toMap(BulkAct::name, Function.identity()));
    }

    /** Nothing where the program no longer has it. */
    Optional<BulkAct> find(String name) {
        return Optional.ofNullable(acts.get(name));
    }

    /** Nothing where the program no longer has it. */
    String consequence(String name) {
        return find(name).map(BulkAct::consequence).orElse("");
    }

    String title(String name) {
        return find(name).map(BulkAct::title).orElse(name);
    }
}
