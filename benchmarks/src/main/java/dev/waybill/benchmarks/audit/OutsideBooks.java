package dev.waybill.benchmarks.audit;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The lines of gateway and carrier, multiplied in their files while nobody has these open. */
final class OutsideBooks {

    private OutsideBooks() {}

    static void multiply(Path directory, int copies, long orderNumbers) throws IOException {
        try (DirectoryStream<Path> books = Files.newDirectoryStream(directory, "*.jsonl")) {
            for (Path book : books) {
                multiplyLines(book, copies, orderNumbers);
                // Where webhooks are sent: the copies were told as the originals were.
                Path told = directory.resolve(book.getFileName().toString().replace(".jsonl", ".webhooks"));
                if (Files.exists(told)) {
                    Files.writeString(told, Long.toString(Files.size(book)));
                }
            }
        }
    }

    private static void multiplyLines(Path book, int copies, long orderNumbers) throws IOException {
        List<Template> lines = Files.readAllLines(book).stream().map(line -> Template.of(line + "\n", orderNumbers))
                .toList();
        try (BufferedWriter writer = Files.newBufferedWriter(book, StandardOpenOption.APPEND)) {
            for (int copy = 1; copy <= copies; copy++) {
                for (Template line : lines) {
                    writer.write(line.copy(copy));
                }
            }
        }
    }
}
