package dev.waybill.defaults.idempotency;

import dev.waybill.defaults.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads an {@link IdempotencyKey} off the request's header. */
final class IdempotencyKeyResolver implements HandlerMethodArgumentResolver {

    private static final ProblemType MISSING = ProblemType.badRequest("idempotency-key-missing",
            "An idempotency key is wanted");
    private static final ProblemType INVALID = ProblemType.badRequest("idempotency-key-invalid",
            "The idempotency key is not valid");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == IdempotencyKey.class;
    }

    @Override
    public IdempotencyKey resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String[] values = request.getHeaderValues(IdempotencyKey.HEADER);
        if (values == null || values.length == 0) {
            throw MISSING.because("This request is carried out once per key, so it has to have one")
                    .atHeader(IdempotencyKey.HEADER, "This header is missing");
        }
        try {
            if (values.length == 1) {
                return new IdempotencyKey(values[0]);
            }
        } catch (IllegalArgumentException e) {
            throw INVALID.because(String.valueOf(e.getMessage()))
                    .atHeader(IdempotencyKey.HEADER, "This header cannot be taken");
        }
        throw INVALID.because("A request has one key").atHeader(IdempotencyKey.HEADER,
                "This header stands there twice");
    }
}
