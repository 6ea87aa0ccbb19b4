package dev.waybill.defaults.problems;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;

/** Tells faults of the database that pass by themselves, so that the same request is worth another try. */
final class PassingFaults {

    /** Classes of SQLSTATE: connection, rolled back, resources, intervention of an operator, system. */
    private static final Set<String> PASSING_STATES = Set.of("08", "40", "53", "57", "58");

    private PassingFaults() {}

    static boolean isOne(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            boolean passes = switch (cause) {
                case TransientDataAccessException busy -> true;
                case DataAccessResourceFailureException away -> true;
                case CannotCreateTransactionException away -> true;
                case SQLTransientException busy -> true;
                case SQLException sql -> passes(sql.getSQLState());
                default -> false;
            };
            if (passes) {
                return true;
            }
        }
        return false;
    }

    /** Without a state it is the pool that speaks, of a connection that is closed. */
    private static boolean passes(@Nullable String state) {
        return state == null || (state.length() == 5 && PASSING_STATES.contains(state.substring(0, 2)));
    }
}
