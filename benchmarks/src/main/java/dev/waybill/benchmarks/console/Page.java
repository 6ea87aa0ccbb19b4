package dev.waybill.benchmarks.console;

import java.util.List;

/**
 * A page of the console.
 *
 * @param paths where requests for it go, in turn
 */
record Page(String name, List<String> paths) {

    Page {
        paths = List.copyOf(paths);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to ask for %s".formatted(name));
        }
    }

    String path(int request) {
        return paths.get(request % paths.size());
    }
}
