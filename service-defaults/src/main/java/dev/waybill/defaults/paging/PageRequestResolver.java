package dev.waybill.defaults.paging;

import dev.waybill.defaults.problems.StandardProblems;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Reads a {@link PageRequest} off the query. The list's name, for its cursors, is the path with every other
 * parameter.
 */
final class PageRequestResolver implements HandlerMethodArgumentResolver {

    static final String LIMIT = "limit";
    static final String CURSOR = "cursor";

    private final Cursors cursors;

    PageRequestResolver(Cursors cursors) {
        this.cursors = cursors;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == PageRequest.class;
    }

    @Override
    public PageRequest resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = Objects.requireNonNull(webRequest.getNativeRequest(HttpServletRequest.class));
        int limit = limitOf(request.getParameter(LIMIT));
        String list = nameOf(request);
        String cursor = request.getParameter(CURSOR);
        return new PageRequest(cursors, list, limit, cursor == null ? null : cursors.decode(list, cursor));
    }

    private static int limitOf(@Nullable String text) {
        if (text == null) {
            return PageRequest.DEFAULT_LIMIT;
        }
        if (text.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= PageRequest.MAX_LIMIT) {
                return limit;
            }
        }
        throw StandardProblems.INVALID_REQUEST.because("The limit is out of range")
                .atParameter(LIMIT, "A whole number from 1 to %d is wanted here".formatted(PageRequest.MAX_LIMIT));
    }

    private static String nameOf(HttpServletRequest request) {
        return request.getParameterMap().entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals(LIMIT) && !parameter.getKey().equals(CURSOR))
                .map(parameter -> parameter.getKey() + "=" + Arrays.toString(parameter.getValue())).sorted()
                .collect(Collectors.joining("&", request.getRequestURI() + "?", ""));
    }
}
