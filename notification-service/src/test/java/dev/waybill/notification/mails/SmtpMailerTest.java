package dev.waybill.notification.mails;

import dev.waybill.notification.mails.ReceivingServer.Mood;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import java.time.Duration;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** What is sent to the mail server, and what each of its answers and faults is taken for. */
class SmtpMailerTest {

    private static final ConversationSettings CLAIM = new ConversationSettings(Duration.ofMinutes(1));

    private final ReceivingServer server = new ReceivingServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aMailHasBothFormsUnderItsMessageId() throws Exception {
        assertThat(send("alice@example.com")).isEqualTo(new Mailer.Taken());

        MimeMessage mail = server.mailsTo("alice@example.com").getFirst();
        assertThat(mail.getMessageID()).isEqualTo("<1@test>");
        assertThat(mail.getSubject()).isEqualTo("Für Sie");
        assertThat(ReceivingServer.header(mail, "From")).isEqualTo("Waybill <orders@waybill.example>");
        assertThat(ReceivingServer.header(mail, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(mail.getHeader("Date")).hasSize(1);
        assertThat(mail.isMimeType("multipart/alternative")).isTrue();
        // RFC 2046, 5.1.4: the best comes last.
        var alternatives = (MimeMultipart) mail.getContent();
        BodyPart text = alternatives.getBodyPart(0);
        BodyPart html = alternatives.getBodyPart(1);
        assertThat(text.isMimeType("text/plain")).isTrue();
        assertThat(text.getContent()).isEqualTo("Grüße, 山田");
        assertThat(html.isMimeType("text/html")).isTrue();
        assertThat(html.getContent()).isEqualTo("<p>Grüße</p>");
    }

    @Test
    void aRefusalForGoodIsAnAnswer() {
        server.is(Mood.REFUSES_RECIPIENTS);
        assertThat(send("alice@example.com")).isEqualTo(new Mailer.Refused());
    }

    @ParameterizedTest
    @EnumSource(names = {"IS_BUSY", "WANTS_A_LOG_IN", "HANGS_UP_AFTERWARDS"})
    void nothingElseIsAnAnswerAndWhatIsSaidOfItNamesNobody(Mood mood) {
        server.is(mood);
        assertThatThrownBy(() -> send("alice@example.com")).isInstanceOf(MailInDoubtException.class).hasNoCause()
                .hasMessageStartingWith("The mail server").hasMessageNotContaining("alice");
    }

    @Test
    void aServerThatIsAwayGivesNoAnswer() {
        server.goAway();
        assertThatThrownBy(() -> send("alice@example.com")).isInstanceOf(MailInDoubtException.class).hasNoCause()
                .hasMessage("The mail server gave no answer: ConnectException");
    }

    @Test
    void aServerThatKeepsTalkingIsHungUpOnBeforeAnybodyElseSendsTheMail() throws Exception {
        var claim = new ConversationSettings(Duration.ofSeconds(15));
        try (var endless = new EndlessServer()) {
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertThatThrownBy(
                    () -> send("alice@example.com", endless.port(), claim)).isInstanceOf(MailInDoubtException.class)
                    .hasNoCause().hasMessage("The mail server was not done after 5000 ms"));
            // Not only is it not waited for: nothing more can come of it.
            assertThat(endless.hungUpOnAfter()).isLessThan(claim.claim().dividedBy(2));
        }
    }

    @Test
    void whoeverSendsAMailIsDoneWithItWithinItsClaim() {
        var claim = new ConversationSettings(Duration.ofMinutes(2));
        // It begins in the first half of the claim.
        assertThat(claim.longest()).isLessThan(claim.claim().dividedBy(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "a@b.example, c@d.example", "a b@c.example", "@", "<script>", "a@b.example>",
            "group: a@b.example;"})
    void whatIsNoAddressIsNotSent(String address) {
        assertThat(send(address)).isEqualTo(new Mailer.NoAddress());
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aSenderThatIsNoAddressIsSaidAtTheStart() {
        var settings = LettersTest.settings(Locale.ENGLISH);
        var bad = new NotificationSettings("nobody at all", settings.messageIdDomain(), settings.locale(),
                settings.notOlderThan(), settings.giveUpAfter(), settings.addressKept(), settings.forgetEvery());
        assertThatThrownBy(() -> new SmtpMailer(new JavaMailSenderImpl(), bad, CLAIM))
                .hasMessageContaining("waybill.notifications.from").hasMessageContaining("nobody at all");
    }

    private Mailer.Answer send(String to) {
        return send(to, server.port(), CLAIM);
    }

    private static Mailer.Answer send(String to, int port, ConversationSettings conversation) {
        var smtp = new JavaMailSenderImpl();
        smtp.setHost("localhost");
        smtp.setPort(port);
        smtp.getJavaMailProperties().setProperty("mail.smtp.timeout", "2000");
        smtp.getJavaMailProperties().setProperty("mail.smtp.localhost", "test");
        return new SmtpMailer(smtp, LettersTest.settings(Locale.ENGLISH), conversation)
                .send(new Letter("<1@test>", to, "Für Sie", "Grüße, 山田", "<p>Grüße</p>"));
    }
}
