package dev.waybill.platform;

import dev.waybill.platform.process.Part;

import java.util.List;

/** The names of processes that a person may type. */
final class Names {

    private Names() {}

    static List<String> all(Settings settings) {
        return new Platform(settings).parts().stream().map(Part::name).toList();
    }

    static UsageFailure unknown(String name, Settings settings) {
        return new UsageFailure("There is no process named '%s'. There are: %s.".formatted(name,
                String.join(", ", all(settings))));
    }
}
