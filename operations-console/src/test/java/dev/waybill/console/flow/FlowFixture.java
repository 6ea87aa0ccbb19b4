package dev.waybill.console.flow;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.waybill.console.PageFixture;
import dev.waybill.console.lag.ConsumerLag;
import dev.waybill.console.lag.GroupLag;
import dev.waybill.console.parked.StandIns;
import dev.waybill.testing.RealServers;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.awaitility.Awaitility.await;

/** The console with services that tell how they are over real HTTP, and a broker of which it is told what a test says. */
@SpringBootTest(properties = {
        "waybill.console.consumers.every=1h", "waybill.console.flow.every=1h", "waybill.console.bulk.every=1h",
        "waybill.console.services.read-timeout=3s"})
@AutoConfigureMockMvc
@ContextConfiguration(initializers = {RealServers.class, StandIns.class})
abstract class FlowFixture {

    static final String METRICS = "/actuator/prometheus";
    static final String GROUP = "payment-service.payment-commands";

    @Autowired
    protected MockMvcTester http;

    @Autowired
    protected AskingServices services;

    @Autowired
    protected ConsumerLag lag;

    /** What a page must be for those who read it otherwise than with their eyes. */
    abstract static class PageText extends PageFixture {

        static String page(String page) {
            return readable(page);
        }

        static List<String> all(String regex, String page) {
            return found(regex, page);
        }
    }

    @BeforeEach
    void allIsWell() {
        StandIns.reset();
        Stream.of(StandIns.payment(), StandIns.others()).forEach(
                server -> server.stubFor(get(urlPathMatching(".*" + METRICS)).willReturn(says("outbox_backlog 0"))));
        // The look that is made at the start has been made: it does not come in between.
        await().until(() -> !lag.latest().at().equals(Instant.EPOCH));
        isBehind(0, 0);
    }

    static ResponseDefinitionBuilder says(String metrics) {
        return aResponse().withHeader("Content-Type", "text/plain; version=0.0.4").withBody(metrics);
    }

    static void tells(String service, String metrics) {
        tells(service, says(metrics));
    }

    static void tells(String service, ResponseDefinitionBuilder answer) {
        StandIns.others().stubFor(get(urlPathEqualTo("/" + service + METRICS)).willReturn(answer));
    }

    void isBehind(long messages, int seconds) {
        isBehind(messages, seconds, Instant.now());
    }

    /** @param at when the broker was asked last */
    void isBehind(long messages, int seconds, Instant at) {
        seen(at, GroupLag.Partition.known(new TopicPartition("payment.commands", 0), 100 - messages, 100,
                Duration.ofSeconds(seconds)));
    }

    void seen(Instant at, GroupLag.Partition partition) {
        var group = new GroupLag(GROUP, true, "STABLE",
                List.of(new GroupLag.Member("1", "client", "localhost", List.of(partition.topicPartition()))),
                List.of(partition));
        ReflectionTestUtils.setField(lag, "latest", new ConsumerLag.Look(at, List.of(group)));
    }

    String page() throws Exception {
        services.look();
        return PageText.page(http.get().uri("/").exchange().getResponse().getContentAsString());
    }

    /** The opening tag with this id. */
    static String tag(String id, String page) {
        return PageText.all("(<[^>]* id=\"%s\"[^>]*>)".formatted(id), page).getFirst();
    }
}
