package dev.waybill.console.journal;

/** What came of an act. One without an outcome was cut off. */
public enum Outcome {
    DONE("done"), REFUSED("refused"), UNKNOWN("not known");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
