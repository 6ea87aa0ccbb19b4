package dev.waybill.system.scenario;

import dev.waybill.system.driver.Http.Answer;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What a clear refusal looks like: RFC 9457, wherever it comes from. */
final class Problems {

    private Problems() {}

    static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.contentType()).as(answer.body()).startsWith("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        for (String field : new String[]{"type", "title", "detail", "code"}) {
            assertThat(problem.path(field).asString("")).as("%s of %s", field, answer.body()).isNotBlank();
        }
    }

    /** That place in the request is named. */
    static void assertProblemAt(Answer answer, int status, String pointer) {
        assertProblem(answer, status);
        assertThat(answer.json().path("errors").valueStream().map(error -> error.path("pointer").asString("")))
                .as(answer.body()).contains(pointer);
    }
}
