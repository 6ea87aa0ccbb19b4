package dev.waybill.simulators.mailbox;

import dev.waybill.simulators.books.BooksUnavailable;
import dev.waybill.simulators.faults.Faults;
import dev.waybill.simulators.faults.Mode;
import dev.waybill.simulators.faults.Target;
import dev.waybill.simulators.web.ProblemException;
import jakarta.mail.MessagingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.Session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** One mail on its way in, with the places where a fault can strike it. */
final class Delivery implements MessageHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Session connection;
    private final Mailbox mailbox;
    private final Faults faults;
    private final int largestMail;
    private final Clock clock;
    private final List<String> recipients = new ArrayList<>();
    private String sender = "";

    Delivery(Session connection, Mailbox mailbox, Faults faults, int largestMail, Clock clock) {
        this.connection = connection;
        this.mailbox = mailbox;
        this.faults = faults;
        this.largestMail = largestMail;
        this.clock = clock;
    }

    @Override
    public void from(String from) throws RejectException {
        sender = from;
        try {
            faults.atTheDoor(Target.SMTP);
        } catch (ProblemException fault) {
            throw asToldOverSmtp(fault);
        }
    }

    @Override
    public void recipient(String recipient) throws RejectException {
        if (faults.strikes(Target.SMTP, Mode.DECLINE)) {
            throw new RejectException(550, "5.1.1 <%s>: a fault was switched on: no such mailbox".formatted(recipient));
        }
        recipients.add(recipient);
    }

    @Override
    public @Nullable String data(InputStream data) throws RejectException, IOException {
        byte[] bytes = data.readNBytes(largestMail + 1);
        if (bytes.length > largestMail) {
            data.transferTo(OutputStream.nullOutputStream());
            throw new RejectException(552, "5.3.4 A mail has at most %d bytes here".formatted(largestMail));
        }
        try {
            mailbox.take(MailReader.read(bytes, sender, clock.instant()), recipients);
            faults.afterTheEffect(Target.SMTP);
        } catch (ProblemException fault) {
            throw asToldOverSmtp(fault);
        } catch (MessagingException | IOException e) {
            LOG.debug("What came cannot be read", e);
            throw new RejectException(554, "5.6.0 This is no mail");
        } catch (BooksUnavailable e) {
            LOG.warn("A mail could not be kept", e);
            throw new RejectException(452, "4.3.1 The mailbox takes nothing for now");
        }
        return null;
    }

    @Override
    public void done() {}

    /** A fault that hangs ends without an answer: the connection is cut. */
    private RejectException asToldOverSmtp(ProblemException fault) {
        if (fault.status() != HttpStatus.GATEWAY_TIMEOUT) {
            return new RejectException(451, "4.3.0 A fault was switched on: nothing was done");
        }
        connection.quit();
        return new DropConnectionException(421, "4.3.0 Never heard by anybody");
    }
}
