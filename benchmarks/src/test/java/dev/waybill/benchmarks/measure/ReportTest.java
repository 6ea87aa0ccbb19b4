package dev.waybill.benchmarks.measure;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {

    private final Report report = new Report("example");

    @BeforeEach
    void twoContendersInTwoRounds() {
        report.add("ours", "orders/s", 300);
        report.add("floor", "orders/s", 1000);
        report.add("ours", "orders/s", 500);
        report.add("floor", "orders/s", 600);
        report.add("ours", "only of ours", 1);
    }

    @Test
    void aRatioIsOfMediansOfTheSameRun() {
        assertThat(report.ratio("orders/s", "ours", "floor")).isEqualTo(0.5);
    }

    @Test
    void ratiosOfRoundsCompareEachWithTheOtherOfTheSameRound() {
        assertThat(report.ratios("orders/s", "ours", "floor").toString()).isEqualTo("0.57 (0.30-0.83)");
        assertThat(report.ratios("only of ours", "ours", "floor").rounds()).isZero();
    }

    @Test
    void theTableShowsADashWhereNothingWasMeasured() {
        var text = new ByteArrayOutputStream();
        report.print(new PrintStream(text, true, UTF_8));

        assertThat(text.toString(UTF_8))
                .contains("| orders/s                              | 400 (300-500) | 800 (600-1,000) |")
                .contains("| only of ours                          |          1.00 |               - |");
    }

    @Test
    void twoThatAreComparedHaveTheirRatioBesideThem() {
        report.compare("ours", "floor");
        var text = new ByteArrayOutputStream();
        report.print(new PrintStream(text, true, UTF_8));

        assertThat(text.toString(UTF_8)).contains("ours / floor", "800 (600-1,000) |         0.50 |",
                "- |            - |");
    }

    @Test
    void theFileHasEveryValue(@TempDir Path directory) throws IOException {
        assertThat(Files.readString(report.write(directory))).contains("300.0", "500.0", "1000.0", "600.0");
    }
}
