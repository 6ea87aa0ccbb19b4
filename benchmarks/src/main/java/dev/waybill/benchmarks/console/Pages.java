package dev.waybill.benchmarks.console;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every page of the console, with something to look for on each of them. A page that the navigation leads to and that is not known here
 * is asked for as it is.
 */
final class Pages {

    /** So many of each kind are asked for in turn. */
    private static final int DIFFERENT = 100;
    private static final int DEEP = 40;
    private static final String ANY = "order by md5(id::text) limit " + DIFFERENT;
    private static final String FINISHED = "/sagas?status=COMPLETED";
    private static final String PARKED = "/parked?service=payment-service";

    private final Browser browser;
    private final Troubles troubles;
    private final List<Page> pages = new ArrayList<>();

    Pages(Browser browser, Troubles troubles) {
        this.browser = browser;
        this.troubles = troubles;
    }

    List<Page> all() throws IOException, SQLException, InterruptedException {
        orders();
        sagas();
        parked();
        add("consumers", "/consumers");
        add("waiting for the gateway", "/waits?service=payment-service");
        add("journal", "/journal");
        add("journal, deep", browser.further("/journal", DEEP));
        selections();
        for (String path : browser.navigation()) {
            if (pages.stream().noneMatch(page -> page.paths().contains(path))) {
                add(path, path);
            }
        }
        return List.copyOf(pages);
    }

    private void orders() throws IOException, SQLException, InterruptedException {
        add("orders", "/orders");
        add("orders, status, most of them", "/orders?status=DELIVERED");
        add("orders, status, one in ten", "/orders?status=REJECTED");
        add("orders, customer", "/orders?q=alice");
        add("orders, SKU", "/orders?sku=GRINDER-02");
        add("orders, SKU and status", "/orders?sku=GRINDER-02&status=REJECTED");
        add("orders, placed in a second", troubles.texts("orders", """
                select '/orders?from=' || to_char(placed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || '&to='
                    || to_char(placed_at at time zone 'UTC' + interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                from orders\s""" + ANY));
        add("orders, number", troubles.texts("orders", "select '/orders?q=' || number from orders " + ANY));
        add("orders, deep", browser.further("/orders", DEEP));
        List<String> ids = troubles.texts("orders", "select id from orders " + ANY);
        add("an order", ids.stream().map("/orders/%s"::formatted).toList());
        add("an order, as it was", ids.stream().map("/orders/%s?stop=2"::formatted).toList());
        add("an order, only as it was", ids.stream().map("/orders/%s/then?stop=2"::formatted).toList());
        add("an order's messages", ids.stream().map("/orders/%s/messages"::formatted).toList());
        add("an order's trace", troubles.texts("orders", """
                select '/orders/' || id || '/trace' from orders order by placed_at desc limit 20"""));
    }

    private void sagas() throws IOException, SQLException, InterruptedException {
        add("sagas, not finished", "/sagas");
        add("sagas, stuck", "/sagas?status=STUCK");
        add("sagas, completed", FINISHED);
        add("sagas, completed, deep", browser.further(FINISHED, DEEP));
        add("sagas, undone", "/sagas?status=COMPENSATED");
        add("sagas, what to do about all that are stuck", "/sagas/together?status=STUCK");
        add("a saga", troubles.texts("saga", "select '/sagas/' || id from saga " + ANY));
    }

    private void parked() throws IOException, SQLException, InterruptedException {
        add("parked", "/parked");
        add("parked, of a service", PARKED);
        add("parked, deep", browser.further(PARKED, DEEP));
        add("parked, reason", "/parked?reason=There+is+no+order");
        add("parked, a reason that none has", PARKED + "&reason=nonsense");
        List<String> messages = troubles.texts("payments",
                "select '/parked/payment-service/' || id from parked_message " + ANY);
        if (!messages.isEmpty()) {
            add("a parked message", messages);
        }
    }

    private void selections() throws IOException, InterruptedException {
        String selection = browser.post("/parked/selection",
                Map.of("service", "payment-service", "act", "replay", "why", "to be looked at"));
        add("selections", "/selections");
        add("a selection", selection);
        add("a selection of sagas", browser.post("/sagas/selection",
                Map.of("status", "STUCK", "act", "RETRY", "why", "to be looked at")));
        add("a selection, deep", browser.further(selection, DEEP));
    }

    private void add(String name, String path) {
        add(name, List.of(path));
    }

    private void add(String name, List<String> paths) {
        pages.add(new Page(name, paths));
    }
}
