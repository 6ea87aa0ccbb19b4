package dev.waybill.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;

/**
 * What browsers are told with every answer: load and run nothing but what this console serves as a file, send forms nowhere else,
 * show it in nobody's frame, tell nobody else its addresses, take nothing for what it is not said to be. So a text of a customer
 * or a message that came onto a page as it is, by a mistake of ours, would be ugly and do nothing.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class KeptToItself extends OncePerRequestFilter {

    static final String POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors 'none'";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        chain.doFilter(request, response);
    }
}
