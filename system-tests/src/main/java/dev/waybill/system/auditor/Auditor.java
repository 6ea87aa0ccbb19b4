package dev.waybill.system.auditor;

import dev.waybill.system.auditor.evidence.Evidence.Asked;
import dev.waybill.system.auditor.reading.Addresses;
import dev.waybill.system.auditor.reading.ClientLog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The auditor as a program: {@code [--port-offset N] [--client-log FILE] [--patience SECONDS]}. It prints its report and ends
 * with 0 where every invariant holds, 1 where one does not, 2 where it could not find out.
 */
public final class Auditor {

    private Auditor() {}

    public static void main(String[] arguments) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Runtime.getRuntime().exit(run(List.of(arguments), out));
    }

    static int run(List<String> arguments, PrintStream out) {
        try {
            int portOffset = Integer.parseInt(option(arguments, "--port-offset", "0"));
            String log = option(arguments, "--client-log", "");
            List<Asked> asked = log.isEmpty() ? List.of() : ClientLog.read(Path.of(log));
            var patience = Duration.ofSeconds(Long.parseLong(option(arguments, "--patience", "60")));
            Verdict verdict = new Audit(new Addresses(portOffset), patience).run(asked);
            out.print(verdict.report());
            return verdict.isGreen() ? 0 : 1;
        } catch (IOException | RuntimeException e) {
            out.println("The audit could not be made: " + e);
            return 2;
        }
    }

    private static String option(List<String> arguments, String name, String otherwise) {
        int at = arguments.indexOf(name);
        if (at < 0) {
            return otherwise;
        }
        if (at + 1 == arguments.size()) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        return arguments.get(at + 1);
    }
}
