package dev.waybill.console.who;

import dev.waybill.console.PageFixture;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/** Who acts is asked once, and can be said anew. */
class WhoTest extends PageFixture {

    private MvcTestResult say(String name, String then) {
        return http.post().uri("/who").param("name", name).param("then", then).exchange();
    }

    @Test
    void aNameIsKeptAndTheWayGoesOnToWhereItWasAskedFor() {
        MvcTestResult result = say(" Ada L. O'Neil; \"x\" ", "/sagas/1/retry");

        assertThat(result).hasStatus(HttpStatus.SEE_OTHER).hasRedirectedUrl("/sagas/1/retry");
        assertThat(result.getResponse().getHeader("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/");
        Cookie kept = Objects.requireNonNull(result.getResponse().getCookie("operator"));
        assertThat(text(http.get().uri("/who").cookie(kept).exchange()))
                .contains("value=\"Ada L. O&#39;Neil; &quot;x&quot;\"", "You: Ada L. O&#39;Neil;");
    }

    @Test
    void theWayBackKeepsWhatWasAskedFor() {
        String page = "/sagas/together?status=STUCK&step=capture%20payment&olderThan=PT5M";

        assertThat(say("ada", page)).hasStatus(HttpStatus.SEE_OTHER).hasRedirectedUrl(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "line\nbreak", "名前", "x\u0000y"})
    void whatCannotTravelInAHeaderIsNoName(String name) {
        MvcTestResult result = say(name, "/sagas");

        assertThat(result).hasStatusOk().doesNotContainHeader("Set-Cookie");
        assertThat(readable(text(result))).contains("aria-invalid=\"true\"");
        assertThat(say("x".repeat(101), "/")).hasStatusOk();
        assertThat(say("x".repeat(100), "/")).hasStatus(HttpStatus.SEE_OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "",
            "/a\r\nX: y"})
    void nobodyIsSentAnywhereElse(String then) {
        assertThat(say("ada", then)).hasRedirectedUrl("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%00", "%0A", "", "%E5%90%8D"})
    void aCookieThatHoldsNoNameIsAsGoodAsNone(String value) {
        assertThat(http.get().uri("/who").cookie(new Cookie("operator", value))).hasStatusOk().bodyText()
                .contains("Say who you are");
    }

    @Test
    void theFormCanBeRead() {
        assertThat(page(HttpStatus.OK, "/who?then=/orders")).contains("name=\"then\" value=\"/orders\"");
    }
}
