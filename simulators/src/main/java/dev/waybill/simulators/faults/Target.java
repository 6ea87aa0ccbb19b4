package dev.waybill.simulators.faults;

import dev.waybill.simulators.web.ProblemException;
import org.springframework.http.HttpStatus;

import java.util.Arrays;
import java.util.Locale;

/** Whom a fault befalls. */
public enum Target {
    GATEWAY, CARRIER,
    /** The mailbox. */
    SMTP;

    /** Whether that mode makes sense here. */
    boolean knows(Mode mode) {
        return switch (this) {
            case GATEWAY -> mode != Mode.REFUSE_CANCEL;
            case CARRIER -> true;
            case SMTP -> switch (mode) {
                case ERROR, DECLINE, SLOW, TIMEOUT_AFTER_EFFECT, TIMEOUT_BEFORE_EFFECT -> true;
                case DOUBLE_WEBHOOK, NO_WEBHOOK, REFUSE_CANCEL -> false;
            };
        };
    }

    /** In a sentence. */
    String spokenName() {
        return this == SMTP ? "mailbox" : pathName();
    }

    String pathName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Target inPath(String name) {
        return Arrays.stream(values()).filter(target -> target.pathName().equals(name)).findFirst().orElseThrow(
                () -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "NO_SUCH_TARGET",
                        "Faults befall the gateway, the carrier or smtp"));
    }
}
