package dev.waybill.benchmarks.floor;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** One saga between two writes. What it remembers and has commanded is kept as the text that its columns hold. */
final class SagaRow {

    private static final String IN_FLIGHT = "IN_FLIGHT";
    private static final String AWAITED = "\"inFlight\": true";

    /** A command: the step it belongs to, its number within the step, how the journal calls it, its type. */
    enum Step {
        RESERVE("reserve stock", 0, "ReserveStock", "inventory.reserve-stock"),
        AUTHORIZE("authorize payment", 0, "AuthorizePayment", "payment.authorize"),
        BOOK("book shipment", 0, "BookShipment", "shipping.book-shipment"),
        CAPTURE("capture payment", 0, "CapturePayment", "payment.capture"),
        COMMIT("complete", 0, "CommitStock", "inventory.commit-stock"),
        DISPATCH("complete", 1, "DispatchShipment", "shipping.dispatch-shipment"),
        CONFIRM("complete", 2, "ConfirmOrder", "order.confirm");

        private final String stepName;
        private final int part;
        private final String detail;
        private final String type;

        Step(String stepName, int part, String detail, String type) {
            this.stepName = stepName;
            this.part = part;
            this.detail = detail;
            this.type = type;
        }

        static List<Step> after(String event) {
            return switch (event) {
                case "placed" -> List.of(RESERVE);
                case "stock-reserved" -> List.of(AUTHORIZE);
                case "authorized" -> List.of(BOOK);
                case "shipment-booked" -> List.of(CAPTURE);
                case "captured" -> List.of(COMMIT, DISPATCH, CONFIRM);
                default -> List.of();
            };
        }
    }

    private final UUID id;
    private final UUID order;
    private final boolean isNew;
    private final StringBuilder calls;
    private String data;
    private String step;
    private int journalSize;
    private long logicalTime;

    private SagaRow(UUID id, UUID order, boolean isNew, String data, String calls, int journalSize, String step,
            long logicalTime) {
        this.id = id;
        this.order = order;
        this.isNew = isNew;
        this.data = data;
        this.calls = new StringBuilder(calls);
        this.journalSize = journalSize;
        this.step = step;
        this.logicalTime = logicalTime;
    }

    static SagaRow stored(UUID id, UUID order, String data, String calls, int journalSize, String step,
            long logicalTime) {
        return new SagaRow(id, order, false, data, calls, journalSize, step, logicalTime);
    }

    /** Written with the blanks that the database writes. */
    static SagaRow start(Heard placed) {
        String address = Text.between(placed.payload(), "\"shippingAddress\":{", "}");
        // The total is the last amount but the lines' prices.
        String total = Text.between(placed.payload(), "\"total\":{\"amountMinor\":", ",");
        String data = "{\"lines\": [{\"sku\": \"%s\", \"quantity\": %s}], \"total\": {\"currency\": \"%s\", \"amountMinor\": %s}, \"reason\": null, \"orderId\": \"%s\", \"paymentMethod\": \"%s\", \"shippingAddress\": {%s}}"
                .formatted(placed.text("sku"), Text.between(placed.payload(), "\"quantity\":", ","),
                        placed.text("currency"), total, placed.key(), placed.text("paymentMethod"),
                        address.replace("\":", "\": ").replace(",\"", ", \""));
        return new SagaRow(Said.nextId(), placed.order(), true, data, "[]", 0, Step.RESERVE.stepName, 0);
    }

    /** An answer closes the call that it answers; the last one completes the saga. */
    void hear(Heard event, Rows journal) {
        Instant now = Said.now();
        logicalTime = Math.max(logicalTime, event.logicalTime());
        if (event.kind().equals("placed")) {
            journal(journal, now, "STARTED", "order-fulfillment, version 1", null);
            return;
        }
        int at = calls.indexOf(String.valueOf(event.causationId()));
        int state = calls.indexOf(IN_FLIGHT, at);
        calls.replace(state, state + IN_FLIGHT.length(), "DONE");
        int awaited = calls.indexOf(AWAITED, at);
        calls.replace(awaited, awaited + AWAITED.length(), "\"inFlight\": false");
        journal(journal, now, "DONE", detailOf(event.kind()), event.id());
        if (isCompleted()) {
            journal(journal, now, "COMPLETED", "7 commands", null);
            data = data.substring(0, data.indexOf("\"shippingAddress\""))
                    + "\"shippingAddress\": {\"city\": \"erased\", "
                    + "\"name\": \"erased\", \"line1\": \"erased\", \"country\": \"" + field("country")
                    + "\", \"postalCode\": \"erased\"}}";
        }
    }

    Said command(Step next, Heard because, Rows journal) {
        UUID command = Said.nextId();
        Instant now = Said.now();
        logicalTime++;
        step = next.stepName;
        calls.setLength(calls.length() - 1);
        calls.append(calls.length() > 1 ? ", " : "").append("{\"id\": \"").append(command)
                .append("\", \"kind\": \"ACTION\", \"part\": ").append(next.part).append(", \"step\": \"")
                .append(step).append("\", \"state\": \"" + IN_FLIGHT + "\", \"sentAt\": \"").append(now)
                .append("\", \"attempts\": 1, " + AWAITED + "}]");
        journal(journal, now, "SENT", next.detail, command);
        String context = next.type.substring(0, next.type.indexOf('.'));
        return Said.because(because, "/saga-orchestrator", "dev.waybill." + next.type + ".v1", context + "/" + order,
                null, logicalTime, id, command, payload(next));
    }

    private String payload(Step next) {
        String orderId = "{\"orderId\":\"" + order + "\"";
        return switch (next) {
            case RESERVE -> orderId + lines() + "}";
            case AUTHORIZE -> orderId + ",\"amount\":{\"amountMinor\":" + Text.between(data, "\"amountMinor\": ", "}")
                    + ",\"currency\":\"" + field("currency") + "\"},\"paymentMethod\":\"" + field("paymentMethod")
                    + "\"}";
            case BOOK -> orderId + ",\"shippingAddress\":{\"name\":\"" + field("name") + "\",\"line1\":\""
                    + field("line1") + "\",\"city\":\"" + field("city") + "\",\"postalCode\":\"" + field("postalCode")
                    + "\",\"country\":\"" + field("country") + "\"}" + lines() + "}";
            case CAPTURE, COMMIT, DISPATCH, CONFIRM -> orderId + "}";
        };
    }

    private String lines() {
        return ",\"lines\":[{\"sku\":\"" + field("sku") + "\",\"quantity\":" + Text.between(data, "\"quantity\": ", "}")
                + "}]";
    }

    private String field(String name) {
        return Text.between(data, "\"" + name + "\": \"", "\"");
    }

    /** {@code stock-reserved} is {@code StockReserved}; of others the context is part of the name. */
    private static String detailOf(String event) {
        return switch (event) {
            case "stock-reserved" -> "StockReserved";
            case "stock-committed" -> "StockCommitted";
            case "shipment-booked" -> "ShipmentBooked";
            case "shipment-dispatched" -> "ShipmentDispatched";
            case "authorized" -> "PaymentAuthorized";
            case "captured" -> "PaymentCaptured";
            case "confirmed" -> "OrderConfirmed";
            default -> throw new IllegalArgumentException(event + " is no answer");
        };
    }

    private void journal(Rows journal, Instant now, String kind, String detail, @Nullable UUID message) {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        journal.add(id, ++journalSize, at, step, kind, detail, message);
    }

    boolean isCompleted() {
        return step.equals(Step.CONFIRM.stepName) && calls.indexOf(IN_FLIGHT) < 0;
    }

    boolean isNew() {
        return isNew;
    }

    UUID id() {
        return id;
    }

    UUID order() {
        return order;
    }

    String status() {
        return isCompleted() ? "COMPLETED" : "RUNNING";
    }

    String step() {
        return step;
    }

    String data() {
        return data;
    }

    String calls() {
        return calls.toString();
    }

    int journalSize() {
        return journalSize;
    }

    long logicalTime() {
        return logicalTime;
    }
}
