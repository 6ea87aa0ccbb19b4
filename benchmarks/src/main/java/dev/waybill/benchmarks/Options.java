package dev.waybill.benchmarks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words after the command: {@code --name number}, or several numbers with commas between them. */
final class Options {

    private final Map<String, String> values = new HashMap<>();

    /** @throws IllegalArgumentException naming the word that is not understood */
    Options(List<String> words, Set<String> known) {
        for (int i = 0; i < words.size(); i += 2) {
            String name = words.get(i).startsWith("--") ? words.get(i).substring(2) : "";
            if (!known.contains(name)) {
                throw new IllegalArgumentException("%s is not understood".formatted(words.get(i)));
            }
            if (i + 1 == words.size() || !words.get(i + 1).matches("\\d+(,\\d+)*")) {
                throw new IllegalArgumentException("--%s needs a number".formatted(name));
            }
            values.put(name, words.get(i + 1));
        }
    }

    int number(String name, int usual) {
        return Integer.parseInt(values.getOrDefault(name, Integer.toString(usual)));
    }

    List<Integer> numbers(String name, String usual) {
        return Arrays.stream(values.getOrDefault(name, usual).split(",", -1)).map(Integer::valueOf).toList();
    }
}
