package dev.waybill.simulators.mailbox;

import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Reads what came over the wire: headers, and of all parts the first that is text and the first that is HTML. */
final class MailReader {

    private static final Session NO_SESSION = Session.getInstance(new Properties());

    private @Nullable String text;
    private @Nullable String html;

    private MailReader() {}

    /** @throws MessagingException where it is no mail */
    static Mail read(byte[] bytes, String from, Instant receivedAt) throws MessagingException, IOException {
        var message = new MimeMessage(NO_SESSION, new ByteArrayInputStream(bytes));
        var reader = new MailReader();
        reader.look(message);
        return new Mail(message.getMessageID(), from, "", message.getSubject(), reader.text, reader.html, receivedAt,
                headersOf(message));
    }

    private void look(Part part) throws MessagingException, IOException {
        Object content = part.getContent();
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                look(inner);
            }
        } else if (content instanceof String words) {
            if (text == null && part.isMimeType("text/plain")) {
                text = words;
            } else if (html == null && part.isMimeType("text/html")) {
                html = words;
            }
        }
    }

    private static Map<String, String> headersOf(MimeMessage message)
            throws MessagingException, UnsupportedEncodingException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : Collections.list(message.getAllHeaders())) {
            headers.putIfAbsent(header.getName(), MimeUtility.decodeText(MimeUtility.unfold(header.getValue())));
        }
        return headers;
    }
}
