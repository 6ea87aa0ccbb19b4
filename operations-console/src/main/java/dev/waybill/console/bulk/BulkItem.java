package dev.waybill.console.bulk;

/**
 * One thing of a selection, as it was when that was frozen.
 *
 * @param service which has it
 * @param target  its id there
 * @param queue   what has to stay in order among itself, like the key of messages
 * @param version at which it has to be still
 * @param label   what a person knows it by
 */
public record BulkItem(String service, String target, String queue, long version, String label) {}
