package dev.waybill.notification.mails;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real mail server that takes every mail, as long as it is not told to misbehave or to be away. */
final class ReceivingServer implements AutoCloseable {

    /** What it does with mails. */
    enum Mood {
        TAKES, REFUSES_RECIPIENTS, IS_BUSY, WANTS_A_LOG_IN,
        /** Takes the mail and hangs up before it says so. */
        HANGS_UP_AFTERWARDS
    }

    private final List<MimeMessage> mails = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.TAKES;
    private SMTPServer server = listenAt(0);
    private final int port = server.getPortAllocated();

    int port() {
        return port;
    }

    void is(Mood mood) {
        this.mood = mood;
    }

    void goAway() {
        server.stop();
    }

    void comeBack() {
        server = listenAt(port);
    }

    /** The mails to an address, in the order of their arrival. */
    List<MimeMessage> mailsTo(String address) {
        return mails.stream().filter(mail -> header(mail, "To").equals(address)).toList();
    }

    /** All mails, in the order of their arrival. */
    List<MimeMessage> mails() {
        return List.copyOf(mails);
    }

    static String header(MimeMessage mail, String name) {
        try {
            return String.valueOf(mail.getHeader(name, null));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private SMTPServer listenAt(int at) {
        SMTPServer starting = SMTPServer.port(at).hostName("test").insertReceivedHeaders(false)
                .messageHandlerFactory(connection -> new Delivery(
                        ((org.subethamail.smtp.server.Session) connection)::quit))
                .build();
        starting.start();
        return starting;
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Delivery implements MessageHandler {

        private final Runnable hangUp;

        Delivery(Runnable hangUp) {
            this.hangUp = hangUp;
        }

        @Override
        public void from(String from) throws RejectException {
            switch (mood) {
                case WANTS_A_LOG_IN -> throw new RejectException(530, "5.7.0 Who are you?");
                case TAKES, REFUSES_RECIPIENTS, IS_BUSY, HANGS_UP_AFTERWARDS -> {
                }
            }
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            switch (mood) {
                case REFUSES_RECIPIENTS ->
                    throw new RejectException(550, "5.1.1 <%s>: nobody of that name".formatted(recipient));
                case IS_BUSY -> throw new RejectException(450, "4.2.0 <%s>: later".formatted(recipient));
                case TAKES, WANTS_A_LOG_IN, HANGS_UP_AFTERWARDS -> {
                }
            }
        }

        @Override
        public @Nullable String data(InputStream data) throws IOException {
            try {
                mails.add(new MimeMessage(Session.getInstance(new Properties()), data));
            } catch (MessagingException e) {
                throw new UncheckedIOException(new IOException(e));
            }
            if (mood == Mood.HANGS_UP_AFTERWARDS) {
                hangUp.run();
            }
            return null;
        }

        @Override
        public void done() {}
    }
}
