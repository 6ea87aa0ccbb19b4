package dev.waybill.console.bulk;

/** What has become of an item. */
enum ItemOutcome {
    DONE, FAILED, PASSED_OVER,
    /** Whoever worked on it died, or was not answered, and what is found now does not say whether it was done. */
    UNCLEAR;

    /** In words. */
    public String words() {
        return switch (this) {
            case DONE -> "done";
            case FAILED -> "failed";
            case PASSED_OVER -> "passed over";
            case UNCLEAR -> "unclear";
        };
    }
}
