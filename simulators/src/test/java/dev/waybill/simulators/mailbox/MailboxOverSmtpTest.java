package dev.waybill.simulators.mailbox;

import dev.waybill.simulators.RunningSimulators;
import dev.waybill.simulators.SharedSimulators;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Mails as any program would send them, over SMTP with Jakarta Mail. */
class MailboxOverSmtpTest extends SharedSimulators {

    /** A new address. */
    private final String somebody = "Somebody-%s@example.com".formatted(key());

    @Test
    void aMailIsShownWithItsPartsDecoded() throws MessagingException {
        Instant before = Instant.now();
        send(SIMULATORS, "one", somebody);

        JsonNode mail = mailsTo(somebody).getFirst();
        assertThat(mail.required("messageId").asString()).isEqualTo("<one@example.com>");
        assertThat(mail.required("from").asString()).isEqualTo("shop@waybill.example");
        assertThat(mail.required("to").asString()).isEqualTo(somebody);
        assertThat(mail.required("subject").asString()).isEqualTo("Für Sie");
        assertThat(mail.required("text").asString()).isEqualTo("Grüße\r\n.begins with a dot");
        assertThat(mail.required("html").asString()).isEqualTo("<p>Grüße &amp; mehr</p>");
        assertThat(mail.required("headers").required("To").asString()).isEqualTo("Somebody <somebody@example.com>");
        assertThat(Instant.parse(mail.required("receivedAt").asString())).isBetween(before, Instant.now());
    }

    @Test
    void eachRecipientFindsItInTheOrderOfArrivalWhateverTheCaseOfTheAddress() throws MessagingException {
        String other = "other-%s@example.com".formatted(key());
        send(SIMULATORS, "one", somebody, other);
        send(SIMULATORS, "two", somebody);

        assertThat(ids(mailsTo(somebody.toUpperCase(Locale.ROOT)))).containsExactly("<one@example.com>",
                "<two@example.com>");
        assertThat(ids(mailsTo(other))).containsExactly("<one@example.com>");
        assertThat(mailsTo("nobody-%s@example.com".formatted(key()))).isEmpty();
        assertThat(SIMULATORS.get("/mailbox").items().size()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aMailThatWasTakenIsThereAfterARestart(@TempDir Path books) throws MessagingException {
        try (var before = RunningSimulators.on(books)) {
            send(before, "kept", somebody);
        }
        try (var after = RunningSimulators.on(books)) {
            assertThat(ids(after.get("/mailbox?to=" + somebody).items())).containsExactly("<kept@example.com>");
        }
    }

    @ParameterizedTest
    @CsvSource({"ERROR, 451", "DECLINE, 550"})
    void anErrorOrARefusalIsToldByItsCodeAndTakesNothing(String mode, String code) throws MessagingException {
        fault("{\"mode\": \"%s\"}".formatted(mode));

        assertThatThrownBy(() -> send(SIMULATORS, "one", somebody)).hasStackTraceContaining(code);

        assertThat(mailsTo(somebody)).isEmpty();
        SIMULATORS.delete("/faults/smtp");
        send(SIMULATORS, "one", somebody);
        assertThat(mailsTo(somebody)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"TIMEOUT_BEFORE_EFFECT, 0", "TIMEOUT_AFTER_EFFECT, 1"})
    void aConnectionThatIsCutSaysNothingAboutTheMail(String mode, int taken) {
        fault("{\"mode\": \"%s\", \"delayMs\": 50}".formatted(mode));

        assertThatThrownBy(() -> send(SIMULATORS, "one", somebody)).isInstanceOf(MessagingException.class);

        assertThat(mailsTo(somebody)).hasSize(taken);
        assertThat(SIMULATORS.get("/faults/smtp").at("/struck")).isEqualTo("1");
    }

    @Test
    void slowTakesItsTimeAndTheMail() throws MessagingException {
        fault("{\"mode\": \"SLOW\", \"delayMs\": 150}");
        long before = System.nanoTime();

        send(SIMULATORS, "one", somebody);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        assertThat(mailsTo(somebody)).hasSize(1);
    }

    @Test
    void aMailThatIsTooLargeIsRefusedAndTheConnectionGoesOn(@TempDir Path books) throws IOException {
        try (var small = RunningSimulators.on(books, "waybill.simulators.mailbox.largest-mail=700");
                var connection = new Socket(InetAddress.getLoopbackAddress(), small.smtpPort());
                var answers = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII))) {
            say(connection, "HELO test\r\n");
            assertThat(answers.readLine()).startsWith("220");
            assertThat(answers.readLine()).startsWith("250");
            for (String mail : List.of("x".repeat(70).concat("\r\n").repeat(20), "Message-ID: <small>\r\n\r\n")) {
                say(connection, "MAIL FROM:<shop@waybill.example>\r\nRCPT TO:<%s>\r\nDATA\r\n".formatted(somebody));
                assertThat(List.of(answers.readLine(), answers.readLine(), answers.readLine()))
                        .containsExactly("250 Ok", "250 Ok", "354 End data with <CR><LF>.<CR><LF>");
                say(connection, mail + ".\r\nRSET\r\n");
                assertThat(answers.readLine()).startsWith(mail.startsWith("x") ? "552" : "250");
                assertThat(answers.readLine()).startsWith("250");
            }
            assertThat(ids(small.get("/mailbox?to=" + somebody).items())).containsExactly("<small>");
        }
    }

    private static void say(Socket connection, String lines) throws IOException {
        connection.getOutputStream().write(lines.getBytes(US_ASCII));
    }

    @Test
    void aPortThatIsTakenIsSaidByItsNumber(@TempDir Path books) {
        int taken = SIMULATORS.smtpPort();
        assertThatThrownBy(() -> RunningSimulators.on(books, "waybill.simulators.mailbox.port=" + taken))
                .hasStackTraceContaining("Port %d, at which the mailbox is to take mail, is taken".formatted(taken));
    }

    private static void fault(String json) {
        assertThat(SIMULATORS.put("/faults/smtp", json).status()).isEqualTo(200);
    }

    private static void send(RunningSimulators simulators, String id, String... recipients)
            throws MessagingException {
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", "localhost");
        properties.setProperty("mail.smtp.port", Integer.toString(simulators.smtpPort()));
        properties.setProperty("mail.smtp.localhost", "test");
        Session session = Session.getInstance(properties);
        var message = new MimeMessage(session, new ByteArrayInputStream(mail(id)));
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            transport.sendMessage(message, Arrays.stream(recipients).map(MailboxOverSmtpTest::address)
                    .toArray(InternetAddress[]::new));
        }
    }

    private static byte[] mail(String id) {
        return """
                From: Shop <shop@waybill.example>
                To: Somebody <somebody@example.com>
                Message-ID: <%s@example.com>
                Subject: =?UTF-8?Q?F=C3=BCr_Sie?=
                MIME-Version: 1.0
                Content-Type: multipart/alternative; boundary="b"

                --b
                Content-Type: text/plain; charset=UTF-8
                Content-Transfer-Encoding: quoted-printable

                Gr=C3=BC=C3=9Fe
                .begins with a dot
                --b
                Content-Type: text/html; charset=UTF-8
                Content-Transfer-Encoding: 8bit

                <p>Grüße &amp; mehr</p>
                --b--
                """.formatted(id).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static InternetAddress address(String text) {
        try {
            return new InternetAddress(text, true);
        } catch (MessagingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<JsonNode> mailsTo(String address) {
        return SIMULATORS.get("/mailbox?to=" + address).items();
    }

    private static List<String> ids(List<JsonNode> mails) {
        return mails.stream().map(mail -> mail.required("messageId").asString()).toList();
    }
}
