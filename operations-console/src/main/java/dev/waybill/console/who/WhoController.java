package dev.waybill.console.who;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks once who it is, and keeps it in a cookie of this browser. The cookie does not travel with what other sites' pages send
 * here, so no act can be begun from there.
 */
@Controller
class WhoController {

    private static final Duration KEPT = Duration.ofDays(180);

    @GetMapping("/who")
    String ask(Optional<Who> who, @RequestParam(defaultValue = "/") String then, Model model) {
        return form(who.map(Who::name).orElse(""), then, false, model);
    }

    @PostMapping("/who")
    Object keep(@RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "/") String then,
            Model model) {
        Optional<Who> who = Who.of(name);
        if (who.isEmpty()) {
            return form(name, then, true, model);
        }
        var cookie = ResponseCookie
                .from(Who.COOKIE, URLEncoder.encode(who.get().name(), StandardCharsets.UTF_8)).path("/")
                .httpOnly(true).sameSite("Strict").maxAge(KEPT).build();
        return ResponseEntity.status(HttpStatus.SEE_OTHER).header(HttpHeaders.SET_COOKIE, cookie.toString())
                .location(URI.create(ours(then))).build();
    }

    private static String form(String name, String then, boolean refused, Model model) {
        model.addAttribute("name", name);
        model.addAttribute("then", ours(then));
        model.addAttribute("refused", refused);
        return "who";
    }

    /** A path of this console; nobody is sent anywhere else from here. */
    private static String ours(@Nullable String then) {
        return then != null && then.matches("/(?:[A-Za-z0-9._~-][A-Za-z0-9._~/-]*)?(?:\\?[A-Za-z0-9._~=&%:+-]*)?")
                ? then
                : "/";
    }
}
