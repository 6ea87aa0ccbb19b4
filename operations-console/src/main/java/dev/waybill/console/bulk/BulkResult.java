package dev.waybill.console.bulk;

/** What came of the act for one item; what it {@link #said} is shown beside the item. */
public sealed interface BulkResult {

    String said();

    /** It was done. */
    record Done(String said) implements BulkResult {}

    /** It was tried, and is as broken as before. */
    record Failed(String said) implements BulkResult {}

    /** It is not as it was when it was frozen, or is gone: nothing was done. */
    record PassedOver(String said) implements BulkResult {}

    /**
     * The service does not answer, which says nothing about the item: the work pauses.
     *
     * @param perhapsDone whether the act had been sent
     */
    record Silent(String said, boolean perhapsDone) implements BulkResult {}
}
