package dev.waybill.system.scenario;

import dev.waybill.system.driver.LocalPlatform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What no process may log: who a customer is, how they pay, what the processes keep secret. Read line by line, as logs may be long. */
final class CustomersInLogs {

    /** One whose name and address are nobody else's. */
    static final String NAME = "Zebulon Quagmire";
    static final String ADDRESS = "zebulon.quagmire@example.com";

    /** As all tests have their customers, and the first order that a start proposes. */
    private static final Pattern CUSTOMERS = Pattern
            .compile("(?i)zebulon|quagmire|Alice Doe|1 Main St|@example\\.com|pm_card_");
    /** Programs that print their settings have it as {@code null} or hidden. The database's is a word like any other. */
    private static final Pattern TOLD_PASSWORD = Pattern
            .compile("(?i)passw(or)?d['\"]?\\s*[=:]\\s*(?!null|\\[hidden])\\S");

    /** What a start says ends with an order that one may place: that is no customer's, and all else it says is read. */
    private static final Set<String> PROPOSING = Set.of("start", "platform");
    private static final String PROPOSAL_BEGINS = "Place a first order";
    private static final String PROPOSAL_ENDS = "or: ./demo order";

    private CustomersInLogs() {}

    /** The lines that should not be there, each with its process. */
    static List<String> found(LocalPlatform platform) {
        String secrets = platform.secrets().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        Predicate<String> unwanted = CUSTOMERS.asPredicate().or(TOLD_PASSWORD.asPredicate())
                .or(Pattern.compile(secrets).asPredicate());
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, Path> log : platform.logs().entrySet()) {
            for (String line : lines(log.getValue(), unwanted, PROPOSING.contains(log.getKey()))) {
                found.add(log.getKey() + ": " + line);
            }
        }
        return found;
    }

    private static List<String> lines(Path log, Predicate<String> unwanted, boolean proposing) {
        List<String> found = new ArrayList<>();
        boolean proposal = false;
        // What is no UTF-8 is read as well as it can be.
        try (var reader = new BufferedReader(new InputStreamReader(Files.newInputStream(log), UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                proposal = proposing && (proposal || line.contains(PROPOSAL_BEGINS)) && !line.contains(PROPOSAL_ENDS);
                if (!proposal && unwanted.test(line)) {
                    found.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
