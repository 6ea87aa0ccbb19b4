package dev.waybill.platform.process;

/** Something the person at the terminal must know. The message is a whole sentence that says what to do. */
public final class PlatformFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public PlatformFailure(String sentence) {
        super(sentence);
    }

    public PlatformFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
