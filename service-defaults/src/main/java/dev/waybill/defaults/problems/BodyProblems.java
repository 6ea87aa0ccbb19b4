package dev.waybill.defaults.problems;

import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;

import java.util.List;
import java.util.stream.Collectors;

/** Turns what Jackson and Bean Validation have against a body into a problem that points to the place. */
final class BodyProblems {

    private BodyProblems() {}

    static Problem of(HttpMessageNotReadableException unreadable) {
        JacksonException fault = jacksonFault(unreadable);
        if (fault instanceof PropertyBindingException) {
            return StandardProblems.INVALID_REQUEST.because("The body has a field that is not known")
                    .at(pointer(fault.getPath()), "This field is not known");
        } else if (fault instanceof MismatchedInputException mismatch) {
            return mismatch.getPath().isEmpty() && isNoSingleValue(mismatch)
                    ? malformed(fault)
                    : invalid(fault, mismatch.getTargetType());
        } else if (fault instanceof InputCoercionException coercion) {
            return invalid(fault, coercion.getTargetType());
        } else if (fault instanceof DatabindException) {
            return invalid(fault, null);
        } else if (fault != null) {
            return malformed(fault);
        }
        return StandardProblems.MALFORMED_BODY.because("A body is wanted, as JSON");
    }

    static Problem of(List<ObjectError> errors) {
        Problem problem = StandardProblems.INVALID_REQUEST.because("The body does not have all that it should");
        for (ObjectError error : errors) {
            String pointer = error instanceof FieldError field ? pointer(field.getField()) : "";
            problem = problem.at(pointer, String.valueOf(error.getDefaultMessage()));
        }
        return problem;
    }

    /** The input ends before its value does, or goes on after it. */
    private static boolean isNoSingleValue(MismatchedInputException mismatch) {
        return mismatch.getCurrentToken() == null || mismatch.getOriginalMessage().startsWith("Trailing token");
    }

    private static Problem invalid(JacksonException fault, @Nullable Class<?> wanted) {
        String reason = Wanted.reasonOf(fault.getCause());
        String violation = reason == null ? Wanted.instead(wanted) : reason;
        return StandardProblems.INVALID_REQUEST.because("The body does not have the form that it should")
                .at(pointer(fault.getPath()), violation);
    }

    private static Problem malformed(JacksonException fault) {
        var location = fault.getLocation();
        String where = location == null || location.getLineNr() < 0
                ? ""
                : ", at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
        return StandardProblems.MALFORMED_BODY.because("The body is not well-formed JSON" + where);
    }

    private static @Nullable JacksonException jacksonFault(Throwable unreadable) {
        for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException fault) {
                return fault;
            }
        }
        return null;
    }

    private static String pointer(List<Reference> path) {
        return path.stream().map(BodyProblems::segment).collect(Collectors.joining());
    }

    private static String segment(Reference reference) {
        return reference.getPropertyName() == null
                ? "/" + reference.getIndex()
                : "/" + escaped(reference.getPropertyName());
    }

    /** {@code lines[0].sku} is {@code /lines/0/sku}. */
    static String pointer(String propertyPath) {
        return "/" + escaped(propertyPath).replace("[", "/").replace("]", "").replace('.', '/');
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
