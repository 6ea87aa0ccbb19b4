package dev.waybill.benchmarks.measure;

import java.util.List;
import java.util.Locale;

/**
 * One figure, measured in several rounds.
 *
 * @param median of an even number of rounds, the mean of the middle two
 */
public record Spread(double median, double least, double greatest, int rounds) {

    /** Rounds in which nothing was measured are not counted. */
    public static Spread of(List<Double> rounds) {
        double[] sorted = rounds.stream().filter(value -> !value.isNaN()).mapToDouble(Double::doubleValue).sorted()
                .toArray();
        if (sorted.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /** The median, and where there was more than one round, from where to where they went. */
    @Override
    public String toString() {
        return switch (rounds) {
            case 0 -> "-";
            case 1 -> number(median);
            default -> "%s (%s-%s)".formatted(number(median), number(least), number(greatest));
        };
    }

    private static String number(double value) {
        int decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
