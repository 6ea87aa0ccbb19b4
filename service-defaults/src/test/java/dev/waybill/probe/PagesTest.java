package dev.waybill.probe;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static dev.waybill.probe.ProblemDetailsTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

@ProbeService
class PagesTest {

    @LocalServerPort
    private int port;

    private Http http = new Http(0);

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @Test
    void listIsWalkedToItsEnd() {
        List<Integer> seen = new ArrayList<>();
        String path = "/things?limit=20";
        while (path != null) {
            JsonNode page = http.get(path).json();
            page.get("items").forEach(item -> seen.add(item.asInt()));
            path = page.get("next").isNull() ? null : "/things?limit=20&cursor=" + page.get("next").asString();
        }

        assertThat(seen).containsExactlyElementsOf(IntStream.rangeClosed(1, 45).boxed().toList());
    }

    @Test
    void twentyItemsUnlessAskedForMore() {
        assertThat(http.get("/things").json().get("items")).hasSize(20);
        assertThat(http.get("/things?limit=100").json().get("items")).hasSize(45);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "x", "", "1e2", "99999999999"})
    void limitOutOfRange(String limit) {
        JsonNode problem = problem(http.get("/things?limit=" + limit), 400, "invalid-request");

        assertThat(problem.at("/errors/0/parameter").asString()).isEqualTo("limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "%00", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "not%20base64!"})
    void cursorThatWeNeverGave(String cursor) {
        problem(http.get("/things?cursor=" + cursor), 400, "cursor");
    }

    @Test
    void cursorWithAnyCharacterChanged() {
        String cursor = http.get("/things").json().get("next").asString();

        for (int i = 0; i < cursor.length(); i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            String tampered = cursor.substring(0, i) + other + cursor.substring(i + 1);
            problem(http.get("/things?cursor=" + tampered), 400, "cursor");
        }
    }

    @Test
    void cursorOfAnotherListOrFilter() {
        String cursor = http.get("/things?kind=ROUND").json().get("next").asString();

        assertThat(http.get("/things?limit=5&kind=ROUND&cursor=" + cursor).status()).isEqualTo(200);
        problem(http.get("/things?cursor=" + cursor), 400, "cursor");
        problem(http.get("/things?kind=SQUARE&cursor=" + cursor), 400, "cursor");
    }
}
