package dev.waybill.notification.mails;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends mails over SMTP. A server that says a little now and then would keep us for as long as it likes, as each of the mail
 * library's time-outs is for one answer: so the whole conversation has its end too, before anybody else may begin the same one.
 */
@Component
class SmtpMailer implements Mailer {

    /** Nothing against the mail: it is us who have to log in, or in another way. */
    private static final Set<Integer> LOG_IN = Set.of(530, 534, 535, 538);

    private final JavaMailSender smtp;
    private final InternetAddress from;
    private final Duration longest;

    SmtpMailer(JavaMailSender smtp, NotificationSettings settings, ConversationSettings conversation) {
        this.smtp = smtp;
        this.longest = conversation.longest();
        try {
            this.from = new InternetAddress(settings.from(), true);
        } catch (AddressException e) {
            throw new IllegalArgumentException("waybill.notifications.from is no mail address: " + settings.from(), e);
        }
    }

    @Override
    public Answer send(Letter letter) {
        InternetAddress to;
        try {
            to = new InternetAddress(letter.to(), true);
        } catch (AddressException _) {
            return new NoAddress();
        }
        if (to.isGroup()) {
            return new NoAddress();
        }
        try {
            converse(message(letter, to));
            return new Taken();
        } catch (MailException | MessagingException e) {
            Integer code = codeOf(e);
            if (code != null && code >= 500 && !LOG_IN.contains(code)) {
                return new Refused();
            }
            throw new MailInDoubtException(code == null
                    ? "The mail server gave no answer: " + rootOf(e).getClass().getSimpleName()
                    : "The mail server answered " + code);
        }
    }

    /** On a virtual thread of its own: when that is interrupted, its connection is closed. */
    private void converse(MimeMessage message) {
        var conversation = new FutureTask<>(() -> {
            smtp.send(message);
            return true;
        });
        Thread.ofVirtual().name("smtp").start(conversation);
        try {
            conversation.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MailException said
                    ? said
                    : new MailInDoubtException("The mail could not be sent: " + rootOf(e).getClass().getSimpleName());
        } catch (TimeoutException e) {
            throw new MailInDoubtException("The mail server was not done after %d ms".formatted(longest.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MailInDoubtException("The mail server was not waited for: this process ends");
        } finally {
            conversation.cancel(true);
        }
    }

    private MimeMessage message(Letter letter, InternetAddress to) throws MessagingException {
        MimeMessage message = smtp.createMimeMessage();
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
        message.setHeader("Message-ID", letter.messageId());
        // RFC 3834: no machine answers it.
        message.setHeader("Auto-Submitted", "auto-generated");
        var alternatives = new MimeMultipart("alternative");
        alternatives.addBodyPart(part(letter.text(), "plain"));
        alternatives.addBodyPart(part(letter.html(), "html"));
        message.setContent(alternatives);
        return message;
    }

    private static MimeBodyPart part(String words, String kind) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(words, StandardCharsets.UTF_8.name(), kind);
        return part;
    }

    /** What the server has said to the mail, its sender or its recipient; null where it has not come to that. */
    private static @Nullable Integer codeOf(Throwable e) {
        if (e instanceof MailSendException sending) {
            for (Exception each : sending.getMessageExceptions()) {
                Integer code = codeOf(each);
                if (code != null) {
                    return code;
                }
            }
        }
        return switch (e) {
            case SMTPAddressFailedException refused -> refused.getReturnCode();
            case SMTPSenderFailedException refused -> refused.getReturnCode();
            // Only wraps what was said to the recipients, where there is such a thing.
            case SMTPSendFailedException refused when refused.getNextException() == null ->
                // Not an answer, where the connection has ended.
                refused.getReturnCode() < 0 ? null : Integer.valueOf(refused.getReturnCode());
            case MessagingException wrapping when wrapping.getNextException() != null ->
                codeOf(wrapping.getNextException());
            default -> null;
        };
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        if (e instanceof MailSendException sending && sending.getMessageExceptions().length > 0) {
            root = sending.getMessageExceptions()[0];
        }
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
