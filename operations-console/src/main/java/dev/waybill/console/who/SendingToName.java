package dev.waybill.console.who;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

import java.util.Map;

/** Sends whoever wants to act without a name to say it first. Comes before what makes problems of exceptions. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class SendingToName implements HandlerExceptionResolver {

    @Override
    public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
            @Nullable Object handler, Exception fault) {
        return fault instanceof UnnamedException unnamed
                ? new ModelAndView("redirect:/who", Map.of("then", unnamed.page()))
                : null;
    }
}
