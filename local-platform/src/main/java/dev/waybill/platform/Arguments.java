package dev.waybill.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands behind a command's name. Each option is taken out as it is read; what is left in the end is not understood. */
final class Arguments {

    private final String command;
    private final List<String> left;

    Arguments(String command, List<String> words) {
        this.command = command;
        this.left = new ArrayList<>(words);
    }

    boolean flag(String name) {
        return left.remove(name);
    }

    /** The value of {@code --name value} or {@code --name=value}. */
    Optional<String> option(String name) {
        for (int i = 0; i < left.size(); i++) {
            String word = left.get(i);
            if (word.startsWith(name + "=")) {
                left.remove(i);
                return Optional.of(word.substring(name.length() + 1));
            }
            if (word.equals(name)) {
                if (i + 1 >= left.size() || left.get(i + 1).startsWith("--")) {
                    throw new UsageFailure("%s needs a value.".formatted(name));
                }
                left.remove(i);
                return Optional.of(left.remove(i));
            }
        }
        return Optional.empty();
    }

    int number(String name, int otherwise, int least, int most) {
        Optional<String> text = option(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        boolean number = text.get().matches("\\d{1,9}");
        if (!number || Integer.parseInt(text.get()) < least || Integer.parseInt(text.get()) > most) {
            throw new UsageFailure("%s must be a number from %d to %d, and it is '%s'."
                    .formatted(name, least, most, text.get()));
        }
        return Integer.parseInt(text.get());
    }

    /** The one word that is no option; to be read after all options. */
    String name(String what) {
        List<String> names = left.stream().filter(word -> !word.startsWith("-")).toList();
        if (names.isEmpty()) {
            throw new UsageFailure("./demo %s needs %s.".formatted(command, what));
        }
        left.remove(names.getFirst());
        return names.getFirst();
    }

    /** To be called when everything was read. */
    void nothingElse() {
        if (!left.isEmpty()) {
            throw new UsageFailure("./demo %s does not know '%s'.".formatted(command, left.getFirst()));
        }
    }
}
