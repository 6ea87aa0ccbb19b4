package dev.waybill.messaging.inbox;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Set;

/**
 * Tells the faults of the surroundings, which pass and say nothing about the message, from those of the message: the first
 * are waited out, for ever and without skipping anything; the second get it parked.
 */
final class Faults {

    /** By class of SQLSTATE: connection, resources, intervention of an operator, system error, rolled back. */
    private static final Set<String> TRANSIENT_SQL_STATES = Set.of("08", "53", "57", "58", "40");

    private static final List<Class<? extends Throwable>> TRANSIENT = List.of(
            OutOfMemoryError.class,
            TransientDataAccessException.class,
            RecoverableDataAccessException.class,
            DataAccessResourceFailureException.class,
            CannotCreateTransactionException.class,
            SQLTransientException.class,
            SQLRecoverableException.class);

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private Faults() {}

    /**
     * An error of the JVM (a stack overflow, a class that does not load) as an exception: to the container that runs the listeners
     * it would be a reason to end, and one message would have stopped its partition.
     */
    static RuntimeException asException(Throwable fault) {
        return fault instanceof RuntimeException exception
                ? exception
                : new IllegalStateException(fault.toString(), fault);
    }

    static boolean isTransient(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            boolean sqlPasses = cause instanceof SQLException sql && isTransient(sql.getSQLState());
            if (sqlPasses || isTransient(cause.getClass())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTransient(Class<? extends Throwable> fault) {
        return TRANSIENT.stream().anyMatch(type -> type.isAssignableFrom(fault));
    }

    private static boolean isTransient(@Nullable String sqlState) {
        if (sqlState == null) {
            // The pool's own: the connection is closed. What the server says always has a state.
            return true;
        }
        return sqlState.length() == 5
                && (TRANSIENT_SQL_STATES.contains(sqlState.substring(0, 2)) || sqlState.equals(LOCK_NOT_AVAILABLE));
    }
}
