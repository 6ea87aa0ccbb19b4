package dev.waybill.console.flow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format, version 0.0.4, line by line. Lines whose name nobody wants are passed over; of the others every
 * character is read, and one that is wrong makes all of it unreadable: a figure that was misunderstood is worse than none.
 */
final class PrometheusText {

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern TIMESTAMP = Pattern.compile("[-+]?\\d+");

    private final String line;
    private int at;

    private PrometheusText(String line) {
        this.line = line;
    }

    /**
     * @param most bytes that are read
     * @throws UnreadableMetricsException where it is not this format, or more than that
     */
    static void read(InputStream body, int most, Predicate<String> wanted, Consumer<Sample> samples)
            throws IOException {
        var lines = new BufferedReader(new InputStreamReader(new Limited(body, most), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String stripped = line.strip();
            if (!stripped.isEmpty() && stripped.charAt(0) != '#') {
                new PrometheusText(stripped).sample(wanted).ifPresent(samples);
            }
        }
    }

    /** A sample's value or a bucket's bound. */
    static double number(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "+inf", "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> {
                if (!NUMBER.matcher(text).matches()) {
                    throw new UnreadableMetricsException("No number: " + text);
                }
                yield Double.parseDouble(text);
            }
        };
    }

    private Optional<Sample> sample(Predicate<String> wanted) {
        String name = name(true);
        if (!wanted.test(name)) {
            return Optional.empty();
        }
        skipBlanks();
        Map<String, String> labels = new LinkedHashMap<>();
        if (isNext('{')) {
            at++;
            readLabels(labels);
        }
        List<String> rest = List.of(line.substring(at).strip().split("[ \t]+", -1));
        if (rest.size() > 2 || (rest.size() == 2 && !TIMESTAMP.matcher(rest.getLast()).matches())) {
            throw wrong("a value, and at most a timestamp");
        }
        return Optional.of(new Sample(name, labels, number(rest.getFirst())));
    }

    /** A comma may stand behind the last one. */
    private void readLabels(Map<String, String> labels) {
        skipBlanks();
        while (!isNext('}')) {
            String label = name(false);
            skipBlanks();
            expect('=');
            skipBlanks();
            expect('"');
            if (labels.put(label, quoted()) != null) {
                throw wrong("each label once");
            }
            skipBlanks();
            if (isNext(',')) {
                at++;
                skipBlanks();
            } else if (!isNext('}')) {
                throw wrong("a comma or the end of the labels");
            }
        }
        at++;
    }

    /** @param ofMetric those may have colons in them */
    private String name(boolean ofMetric) {
        int begin = at;
        while (at < line.length() && isOfName(line.charAt(at), at > begin, ofMetric)) {
            at++;
        }
        if (at == begin) {
            throw wrong("a name");
        }
        return line.substring(begin, at);
    }

    private static boolean isOfName(char character, boolean digits, boolean colons) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_'
                || (colons && character == ':') || (digits && character >= '0' && character <= '9');
    }

    private String quoted() {
        var text = new StringBuilder();
        while (!isNext('"')) {
            if (at >= line.length()) {
                throw wrong("the end of a label's value");
            }
            char character = line.charAt(at++);
            text.append(character == '\\' ? escaped() : character);
        }
        at++;
        return text.toString();
    }

    private char escaped() {
        char escaped = at < line.length() ? line.charAt(at++) : ' ';
        return switch (escaped) {
            case '\\', '"' -> escaped;
            case 'n' -> '\n';
            default -> throw wrong("a backslash, a quote or an n behind a backslash");
        };
    }

    private void expect(char character) {
        if (!isNext(character)) {
            throw wrong("a " + character);
        }
        at++;
    }

    private boolean isNext(char character) {
        return at < line.length() && line.charAt(at) == character;
    }

    private void skipBlanks() {
        while (isNext(' ') || isNext('\t')) {
            at++;
        }
    }

    private UnreadableMetricsException wrong(String wanted) {
        return new UnreadableMetricsException("At character %d %s is wanted: %s".formatted(at, wanted, line));
    }
}
