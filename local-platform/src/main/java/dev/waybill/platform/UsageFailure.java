package dev.waybill.platform;

/** The command line was not understood; the message says what was wrong with it. */
final class UsageFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    UsageFailure(String sentence) {
        super(sentence);
    }
}
