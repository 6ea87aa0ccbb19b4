package dev.waybill.benchmarks.measure;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a run has measured: for each figure, each contender's value in each round. It is shown as a table of medians with
 * their spread, and kept with every single value.
 */
public final class Report {

    private final String name;
    private final Map<String, String> conditions = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();
    private final Set<String> contenders = new LinkedHashSet<>();
    private List<String> compared = List.of();

    /** @param name of the file, too */
    public Report(String name) {
        this.name = name;
    }

    /** Under which conditions it was measured, to be read beside the figures. */
    public void condition(String what, Object value) {
        conditions.put(what, value.toString());
    }

    /** One round's value of a figure; not a number where there was nothing to measure. */
    public void add(String contender, String figure, double value) {
        contenders.add(contender);
        figures.computeIfAbsent(figure, _ -> new LinkedHashMap<>())
                .computeIfAbsent(contender, _ -> new ArrayList<>()).add(value);
    }

    public Spread spread(String contender, String figure) {
        return Spread.of(figures.getOrDefault(figure, Map.of()).getOrDefault(contender, List.of()));
    }

    /** The median of one beside the median of the other, measured in the same run. */
    public double ratio(String figure, String contender, String beside) {
        return spread(contender, figure).median() / spread(beside, figure).median();
    }

    /** Each round's value of one beside the other's in the same round: what a machine does to both of them is not in it. */
    public Spread ratios(String figure, String contender, String beside) {
        Map<String, List<Double>> values = figures.getOrDefault(figure, Map.of());
        List<Double> ours = values.getOrDefault(contender, List.of());
        List<Double> theirs = values.getOrDefault(beside, List.of());
        return Spread.of(IntStream.range(0, Math.min(ours.size(), theirs.size()))
                .mapToObj(round -> ours.get(round) / theirs.get(round)).toList());
    }

    /** Has the table end with the ratio of these two. */
    public void compare(String contender, String beside) {
        compared = List.of(contender, beside);
    }

    public void print(PrintStream out) {
        out.println();
        conditions.forEach((what, value) -> out.println("%s: %s".formatted(what, value)));
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("median (least-greatest of the rounds)"));
        head.addAll(contenders);
        boolean withRatio = contenders.containsAll(compared) && !compared.isEmpty();
        if (withRatio) {
            head.add(String.join(" / ", compared));
        }
        lines.add(head);
        figures.forEach((figure, values) -> {
            List<String> line = new ArrayList<>(List.of(figure));
            contenders.forEach(contender -> line.add(Spread.of(values.getOrDefault(contender, List.of())).toString()));
            if (withRatio) {
                double ratio = ratio(figure, compared.getFirst(), compared.getLast());
                line.add(Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "-");
            }
            lines.add(line);
        });
        out.println(aligned(lines));
    }

    /** The same for another program: every value of every round. */
    public Path write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(name + ".json");
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("benchmark", name);
        content.put("conditions", conditions);
        content.put("figures", figures);
        Files.writeString(file,
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
        return file;
    }

    private static String aligned(List<List<String>> lines) {
        int columns = lines.getFirst().size();
        int[] widths = new int[columns];
        lines.forEach(line -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        return lines.stream().map(line -> {
            var text = new StringBuilder("| ");
            for (int i = 0; i < columns; i++) {
                String pad = " ".repeat(widths[i] - line.get(i).length());
                text.append(i == 0 ? line.get(i) + pad : pad + line.get(i)).append(" | ");
            }
            return text.toString().strip();
        }).collect(Collectors.joining("\n"));
    }
}
