package dev.waybill.console.sagas;

import dev.waybill.console.services.SagaService.Saga;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** What a person can want of a saga. Whether it makes sense as the saga stands is the orchestrator's to say. */
enum Act {
    RETRY("Ask again", "RETRIED",
            "What the saga waits for, or what stands in its way, is asked for again. A service that has done it already says so, "
                    + "and does nothing a second time."),
    SKIP("Take the step as done", "SKIPPED",
            "The step is taken as done though no service has said so, and the saga goes on behind it. Nobody will do it any more: "
                    + "see first that it is done. It is possible only for steps that follow the capture of the payment."),
    COMPENSATE("Turn back", "CALLED_OFF",
            "The saga goes no further. What was done is undone in reverse, a step in doubt included, and the order ends. It is not "
                    + "possible any more once the capture of the payment is commanded."),
    RESOLVE("Take the saga as ended", "RESOLVED",
            "Nothing more is done and nothing is undone: only the order is told how it has ended. What is left at the payment, the "
                    + "shipment and the stock is for people to put right.");

    private final String title;
    private final String noted;
    private final String consequence;

    Act(String title, String noted, String consequence) {
        this.title = title;
        this.noted = noted;
        this.consequence = consequence;
    }

    static Optional<Act> of(String path) {
        return Arrays.stream(values()).filter(act -> act.path().equals(path)).findFirst();
    }

    /** Those that may make sense as far as can be seen from here. */
    static List<Act> offered(Saga saga) {
        return switch (Objects.requireNonNullElse(saga.status(), "")) {
            case "COMPLETED", "COMPENSATED" -> List.of();
            case "COMPENSATING" -> List.of(RETRY);
            case "STUCK" -> List.of(values());
            default -> List.of(RETRY, SKIP, COMPENSATE);
        };
    }

    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    /** As what the saga's own journal has it. */
    String noted() {
        return noted;
    }

    /** What will happen, before it does. */
    public String consequence() {
        return consequence;
    }
}
