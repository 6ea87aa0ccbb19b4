package dev.waybill.console.sagas;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.waybill.console.PageFixture;
import dev.waybill.console.journal.About;
import dev.waybill.console.journal.Entry;
import dev.waybill.console.journal.Journal;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import java.util.List;
import java.util.UUID;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

/** A stuck saga, and a person who has seen it at this version and wants something of it. */
abstract class SteeringFixture extends PageFixture {

    protected static final long SEEN = 4;
    private static final String JOURNAL_THEN = """
            {"at": "2026-11-21T14:00:00Z", "step": "book shipment", "kind": "STUCK", "detail": "It cannot go on by itself"}""";

    protected final UUID id = UUID.randomUUID();

    @Autowired
    private Journal journal;

    @BeforeEach
    void thereIsAStuckSaga() {
        answer("/sagas/" + id, saga("STUCK", SEEN, ""));
        orchestrator(json(202, "{\"id\": \"%s\"}".formatted(id)));
    }

    /** @param since what stands in its journal besides, each line with a comma before it */
    protected String saga(String status, long version, String since) {
        return """
                {"id": "%s", "type": "order-fulfillment", "orderId": "%s", "status": "%s", "step": "book shipment", "version": %d,
                 "journal": [%s %s]}
                """
                .formatted(id, order, status, version, JOURNAL_THEN, since);
    }

    protected static String line(String kind, String detail) {
        return """
                , {"at": "2026-11-21T14:00:05Z", "step": "book shipment", "kind": "%s", "detail": "%s"}"""
                .formatted(kind, detail);
    }

    protected static void orchestrator(ResponseDefinitionBuilder answer) {
        SERVICES.stubFor(post(urlPathMatching("/sagas/.*")).willReturn(answer));
    }

    protected MvcTestResult act(String act, String reason, long version) {
        return http.post().uri("/sagas/%s/%s".formatted(id, act)).cookie(named("ada")).header("Accept", BROWSER)
                .param("reason", reason).param("outcome", "COMPENSATED").param("version", Long.toString(version))
                .param("lines", "1").param("seen", "STUCK at book shipment").exchange();
    }

    protected List<Entry> written() {
        return journal.about(About.saga(id));
    }

    protected static void nothingIsHandedOn() {
        SERVICES.verify(0, postRequestedFor(anyUrl()));
    }
}
