package dev.waybill.console.parked;

import dev.waybill.console.journal.About;

import java.util.UUID;

/**
 * Which message is meant.
 *
 * @param service as the path names it
 */
record Target(String service, UUID id) {

    About about() {
        return About.message(service, id);
    }

    public String page() {
        return about().page();
    }
}
