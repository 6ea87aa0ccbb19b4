package dev.waybill.defaults.logging;

import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.core.JacksonException;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fault as it may stand in a log. Some faults quote what they are about, and that may be a customer: Jackson what it could not read, the
 * database a value that it did not take, a client the answer that it was given. Whoever wraps such a fault or causes it says the same, so of
 * them all only the kinds are left, and the place. The words themselves are kept with the parked message, where the payload is too.
 */
public final class FaultInLog extends RuntimeException {

    /** Classes of SQLSTATE whose faults are about values: data, integrity, a view's own check. */
    private static final Set<String> ABOUT_VALUES = Set.of("22", "23", "44");
    /** Of these the first line names the constraint and quotes nothing; what it was about stands below. */
    private static final String INTEGRITY = "23";

    private FaultInLog(List<Throwable> chain) {
        super("Told without its words: " + chain.stream().map(FaultInLog::kindOf).collect(Collectors.joining(", by ")),
                null, false, true);
        setStackTrace(chain.getLast().getStackTrace());
    }

    /** The fault itself, unless it quotes what it is about. */
    public static Throwable of(Throwable fault) {
        return quotes(fault, identitySet()) ? new FaultInLog(chainOf(fault)) : fault;
    }

    private static boolean quotes(@Nullable Throwable fault, Set<Throwable> seen) {
        return fault != null && seen.add(fault) && (quotesByItself(fault) || quotes(fault.getCause(), seen)
                || Stream.of(fault.getSuppressed()).anyMatch(each -> quotes(each, seen)));
    }

    private static boolean quotesByItself(Throwable fault) {
        return switch (fault) {
            case JacksonException _ -> true;
            case RestClientResponseException _ -> true;
            // The statement, with what was to be written.
            case BatchUpdateException _ -> true;
            case SQLException sql -> ABOUT_VALUES.contains(classOf(sql));
            default -> false;
        };
    }

    private static List<Throwable> chainOf(Throwable fault) {
        List<Throwable> chain = new ArrayList<>();
        Set<Throwable> seen = identitySet();
        for (Throwable each = fault; each != null && seen.add(each); each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }

    private static String kindOf(Throwable fault) {
        String kind = fault.getClass().getSimpleName();
        return switch (fault) {
            case JacksonException unreadable -> kind + placeOf(unreadable);
            case RestClientResponseException answer -> kind + " " + answer.getStatusCode().value();
            case BatchUpdateException batch -> kind + " " + batch.getSQLState();
            case SQLException sql when classOf(sql).equals(INTEGRITY) ->
                kind + ": " + String.valueOf(sql.getMessage()).lines().findFirst().orElse("");
            case SQLException sql -> kind + " " + sql.getSQLState();
            default -> kind;
        };
    }

    private static String placeOf(JacksonException fault) {
        var location = fault.getLocation();
        return location == null || location.getLineNr() < 0
                ? ""
                : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static String classOf(SQLException fault) {
        String state = fault.getSQLState();
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }

    private static Set<Throwable> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
