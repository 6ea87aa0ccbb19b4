package dev.waybill.console;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.waybill.testing.RealServers;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

/** The console with a database and a broker, and one server that stands in for all services. */
@SpringBootTest(properties = {"waybill.console.consumers.every=1h", "waybill.console.flow.every=1h"})
@AutoConfigureMockMvc
@ContextConfiguration(initializers = RealServers.class)
public abstract class PageFixture {

    protected static final WireMockServer SERVICES = started();

    /** A name that would do harm where it is not escaped. */
    protected static final String HOSTILE = "<script>alert('x')</script>\\\"&";

    /** What browsers accept. */
    protected static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    protected final UUID order = UUID.randomUUID();

    @Autowired
    protected MockMvcTester http;

    private static WireMockServer started() {
        var server = new WireMockServer(wireMockConfig().dynamicPort());
        server.start();
        return server;
    }

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) {
        for (String name : List.of("order", "inventory", "payment", "shipping", "saga", "notification")) {
            properties.add("waybill.console.services." + name, SERVICES::baseUrl);
        }
        properties.add("waybill.console.services.read-timeout", () -> "5s");
    }

    @BeforeEach
    protected void nothingIsThere() {
        SERVICES.resetAll();
        SERVICES.setGlobalFixedDelay(0);
        SERVICES.stubFor(get(anyUrl()).atPriority(9).willReturn(problem(404, "There is no such thing", "")));
        for (String list : List.of("/orders", "/sagas", "/notifications", "/operations/outside-calls")) {
            SERVICES.stubFor(get(urlPathEqualTo(list)).atPriority(8).willReturn(json(200, "{\"items\": []}")));
        }
    }

    protected static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/json").withBody(body);
    }

    protected static ResponseDefinitionBuilder problem(int status, String title, String detail) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/problem+json")
                .withBody("{\"title\": \"%s\", \"status\": %d, \"detail\": \"%s\"}".formatted(title, status, detail));
    }

    protected static void answer(String path, String body) {
        SERVICES.stubFor(get(urlPathEqualTo(path)).willReturn(json(200, body)));
    }

    /** All services are there, and break off every connection. */
    protected static void allAreAway() {
        SERVICES.resetAll();
        SERVICES.stubFor(everything().willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    }

    private static MappingBuilder everything() {
        return get(urlPathMatching("/.*"));
    }

    protected static Cookie named(String operator) {
        return new Cookie("operator", operator);
    }

    /** A whole page of this status, as a browser gets it; none is shown that cannot be used with a keyboard or read aloud. */
    protected String page(HttpStatus status, String path) {
        MvcTestResult result = http.get().uri(path).header("Accept", BROWSER).exchange();
        assertThat(result).hasStatus(status);
        return readable(text(result));
    }

    protected static String text(MvcTestResult result) {
        try {
            return result.getResponse().getContentAsString();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Headings in their order, each input with its label, each head of a table with what it is the head of, no name twice. */
    protected static String readable(String page) {
        assertThat(page).contains("<html lang=\"en\">", "</html>").doesNotContainPattern("\\sth:[a-z]+=")
                .doesNotContain("<script>");
        List<Integer> levels = found("<h([1-6])[ >]", page).stream().map(Integer::valueOf).toList();
        assertThat(levels).startsWith(1).containsOnlyOnce(1);
        for (int at = 1; at < levels.size(); at++) {
            assertThat(levels.get(at)).isLessThanOrEqualTo(levels.get(at - 1) + 1);
        }
        List<String> ids = found(" id=\"([^\"]*)\"", page);
        assertThat(ids).doesNotHaveDuplicates();
        Set<String> labelled = new HashSet<>(found("<label for=\"([^\"]*)\"", page));
        for (String input : found("(<(?:input|select|textarea)[^>]*>)", page)) {
            if (!input.contains("type=\"hidden\"")) {
                assertThat(labelled).containsAll(found(" id=\"([^\"]*)\"", input)).isNotEmpty();
                assertThat(input).contains(" id=");
            }
        }
        for (String head : found("(<th[ >][^>]*)", page)) {
            assertThat(head).contains("scope=");
        }
        List<String> named = new ArrayList<>(found("aria-labelledby=\"([^\"]*)\"", page));
        named.addAll(found("aria-describedby=\"([^\"]*)\"", page));
        assertThat(ids).containsAll(named);
        return page;
    }

    protected static List<String> found(String regex, String page) {
        return Pattern.compile(regex).matcher(page).results().map((MatchResult match) -> match.group(1)).toList();
    }
}
