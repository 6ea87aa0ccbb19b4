package dev.waybill.probe;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;

/** Fails outside of the dispatcher, in both ways in which a filter can. */
@Component
class BrokenFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        switch (request.getRequestURI()) {
            case "/filter/throws" -> throw new IllegalStateException("password=hunter2");
            case "/filter/quotes" -> throw QuotingController.unreadable();
            case "/filter/sends-error" -> response.sendError(403, "password=hunter2");
            default -> chain.doFilter(request, response);
        }
    }
}
