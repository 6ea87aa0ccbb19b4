package dev.waybill.console.traces;

import dev.waybill.testing.RealServers;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Spans as OpenTelemetry's own exporter sends them, and what is no span at all. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = {
        "waybill.console.consumers.every=1h",
        "waybill.console.traces.max-body=256KB"})
@ContextConfiguration(initializers = RealServers.class)
class ReceivingSpansTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String order = UUID.randomUUID().toString();

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "none"})
    void whatTheExporterSendsIsDrawnOnTheOrdersPage(String compression) throws Exception {
        send(compression);
        String page = page("/orders/" + order + "/trace");
        assertThat(page).contains("order-service", "payment-service", "POST /orders", "payment.authorize",
                "failed: OutcomeUnknownException", "<table", "<rect").doesNotContain("<script>", "style=", "onload");
        assertThat(page.indexOf("POST /orders")).isLessThan(page.indexOf("payment.authorize"));
    }

    @Test
    void htmxIsGivenThePicturesOnly() throws Exception {
        send("gzip");
        HttpResponse<String> part = client.send(HttpRequest.newBuilder(uri("/orders/" + order + "/trace"))
                .header("HX-Request", "true").build(), BodyHandlers.ofString());
        assertThat(part.body()).contains("payment.authorize").doesNotContain("<html", "<nav");
    }

    @Test
    void anOrderOfWhichNothingHasComeIsSaidToHaveNone() throws Exception {
        assertThat(page("/orders/" + order + "/trace")).contains("No spans of this order are here");
    }

    @Test
    void whatSpansSayIsShownAsText() throws Exception {
        try (var provider = service("<script>alert(1)</script>", "none")) {
            provider.get("test").spanBuilder("<img src=x onerror=alert(1)>").setAttribute("waybill.order.id", order)
                    .startSpan().end();
        }
        assertThat(page("/orders/" + order + "/trace")).contains("&lt;script&gt;", "&lt;img")
                .doesNotContain("<script>", "<img");
    }

    @Test
    void whatIsNoRequestOfTheProtocolIsRefused() throws Exception {
        assertThat(post("no protobuf, this".getBytes(UTF_8), "application/x-protobuf", "identity").statusCode())
                .isEqualTo(400);
        assertThat(post("no gzip".getBytes(UTF_8), "application/x-protobuf", "gzip").statusCode()).isEqualTo(400);
        assertThat(post(new byte[0], "application/x-protobuf", "br").statusCode()).isEqualTo(400);
        assertThat(post("{}".getBytes(UTF_8), "application/json", "identity").statusCode()).isEqualTo(415);
    }

    @Test
    void aPackedRequestIsNoLargerThanAnUnpackedOneMayBe() throws Exception {
        byte[] bomb = gzip(new byte[1024 * 1024]);
        assertThat(bomb.length).isLessThan(10_000);
        assertThat(post(bomb, "application/x-protobuf", "gzip").statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "10.1.2.3, true", "192.168.1.1, true", "172.20.0.5, true", "::1, true",
            "fd12:3456::1, true", "fe80::1, true", "8.8.8.8, false", "2001:4860::8888, false", "172.32.0.1, false"})
    void onlyPrivateNetworksMaySend(String address, boolean internal) throws Exception {
        assertThat(ReceivingSpans.isInternal(InetAddress.getByName(address))).isEqualTo(internal);
    }

    private void send(String compression) {
        Span request;
        try (var orders = service("order-service", compression)) {
            request = orders.get("test").spanBuilder("POST /orders").setSpanKind(SpanKind.SERVER).startSpan();
            request.end();
        }
        try (var payments = service("payment-service", compression)) {
            Span call = payments.get("test").spanBuilder("payment.authorize").setParent(Context.root().with(request))
                    .setAttribute("waybill.order.id", order).startSpan();
            call.setStatus(StatusCode.ERROR).setAttribute("error.type", "OutcomeUnknownException").end();
        }
    }

    private SdkTracerProvider service(String name, String compression) {
        var exporter = OtlpHttpSpanExporter.builder().setEndpoint(uri("/v1/traces").toString())
                .setCompression(compression).setTimeout(10, TimeUnit.SECONDS).build();
        return SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .setResource(Resource.builder().put("service.name", name).build()).build();
    }

    private String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer::body).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> post(byte[] body, String type, String encoding)
            throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri("/v1/traces")).header("Content-Type", type)
                .header("Content-Encoding", encoding).POST(BodyPublishers.ofByteArray(body)).build(),
                BodyHandlers.ofString());
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(bytes)) {
            packing.write(content);
        }
        return bytes.toByteArray();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
