package dev.waybill.platform.client;

import dev.waybill.platform.client.Act.Behave;
import dev.waybill.platform.client.Act.Cancel;
import dev.waybill.platform.client.Act.Misbehave;
import dev.waybill.platform.client.Act.Promise;
import dev.waybill.platform.client.Act.Refund;
import dev.waybill.platform.client.Act.Scan;
import dev.waybill.platform.client.Act.SendBack;
import dev.waybill.platform.client.Act.Until;
import dev.waybill.platform.client.Services.Answer;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Plays a scenario: places its order, does what is done to it, and tells step by step, with the time since it was placed, what
 * the whole platform makes of it, until it has come to its end.
 */
public final class OrderCommand {

    private static final Duration LOOK_EVERY = Duration.ofMillis(150);
    private static final Duration BOUND = Duration.ofMinutes(3);
    private static final int QUIET_LOOKS = 4;

    private final Where where;
    private final PrintStream out;
    private final Services asOperator = new Services("demo", true);
    private final CountDownLatch never = new CountDownLatch(1);

    /** Where the services are. */
    public record Where(String orders, String payments, String shipments, String sagas, String simulators) {}

    public OrderCommand(Where where, PrintStream out) {
        this.where = where;
        this.out = out;
    }

    /** What is being played. */
    private static final class Play {

        private final Scenario scenario;
        private final Services customer;
        private final Story story;
        private final String orderId;
        private String returnId = "";

        Play(Scenario scenario, Services customer, Story story, String orderId) {
            this.scenario = scenario;
            this.customer = customer;
            this.story = story;
            this.orderId = orderId;
        }

        String who() {
            return scenario.order().customer();
        }
    }

    /** 0 when all came as the scenario has it; 1 when something was not taken, or did not come in time. */
    public int run(Scenario scenario) throws InterruptedException {
        SampleOrder order = scenario.order();
        out.println("%s: %s".formatted(scenario.name(), scenario.shows()));
        out.println("%s orders %s x %s, pays with %s, ships to %s".formatted(order.customer(), order.quantity(),
                order.sku(), order.payment(), order.country()));
        var customer = new Services(order.customer(), false);
        var story = new Story(asOperator, out);
        Answer placed = customer.post(where.orders() + "/orders", order.body(), UUID.randomUUID().toString());
        if (!placed.isOk()) {
            return notTaken(placed);
        }
        String id = placed.body().path("id").asString("");
        story.tell("order %s %s".formatted(placed.body().path("number").asString(""), id));
        var play = new Play(scenario, customer, story, id);
        boolean went = true;
        for (Act act : scenario.acts()) {
            // Whoever was made to misbehave is not left so, however the story goes.
            if (went || act instanceof Behave) {
                went &= played(act, play);
            }
        }
        if (!went) {
            return 1;
        }
        tellTheRest(play);
        sayWhereToLook(id);
        return 0;
    }

    private boolean played(Act act, Play play) throws InterruptedException {
        String order = where.orders() + "/orders/" + play.orderId;
        return switch (act) {
            case Until until -> waited(until, play);
            case Promise promise -> kept(promise, play);
            case Cancel(String reason) -> asked(play, "%s cancels: \"%s\"".formatted(play.who(), reason),
                    play.customer.post(order + "/cancellation", Map.of("reason", reason), key()));
            case SendBack(int quantity, String reason) -> {
                Answer answer = play.customer.post(order + "/returns", Map.of("reason", reason, "lines",
                        List.of(Map.of("sku", play.scenario.order().sku(), "quantity", quantity))), key());
                play.returnId = answer.body().path("id").asString("");
                yield asked(play, "%s sends %d back: \"%s\"".formatted(play.who(), quantity, reason),
                        answer);
            }
            case Refund(long minor, String reason) -> asked(play, "an operator refunds %.2f EUR: \"%s\""
                    .formatted((double) minor / 100, reason),
                    asOperator.post(where.payments() + "/payments/" + play.orderId + "/refunds",
                            Map.of("amount", Map.of("amountMinor", minor, "currency", "EUR"), "reason", reason),
                            key()));
            case Scan(String status) -> asked(play, "the carrier's driver scans the parcel: " + status,
                    asOperator.post(where.simulators() + "/carrier/shipments/" + trackingNumber(play) + "/scans",
                            Map.of("status", status), key()));
            case Misbehave(String who, String mode, String inWords) -> asked(play, inWords,
                    asOperator.put(where.simulators() + "/faults/" + who, Map.of("mode", mode, "rate", 1)));
            case Behave(String who) -> asked(play, "the %s behaves again".formatted(who),
                    asOperator.delete(where.simulators() + "/faults/" + who));
        };
    }

    private boolean asked(Play play, String sentence, Answer answer) {
        play.story.tell(sentence);
        if (!answer.isOk()) {
            notTaken(answer);
        }
        return answer.isOk();
    }

    private boolean waited(Until until, Play play) throws InterruptedException {
        long began = System.nanoTime();
        String told = "";
        while (System.nanoTime() - began < BOUND.toNanos()) {
            Answer look = asOperator.get(urlOf(until, play));
            String status = look.body().path("status").asString(told);
            boolean there = until.values().contains(status);
            // What led there comes before it.
            play.story.tellNews(timelineOf(play));
            if (!status.equals(told) && until.source() == Act.Source.ORDER) {
                sayStatus(play, look);
            }
            told = status;
            if (there) {
                if (!until.inWords().isEmpty()) {
                    play.story.tell(until.inWords());
                }
                return true;
            }
            if (never.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        out.println("Not %s after %d s, but %s. It goes on; %s/sagas?orderId=%s says where it stands."
                .formatted(String.join(" or ", until.values()), BOUND.toSeconds(), told, where.sagas(),
                        play.orderId));
        return false;
    }

    /** Looks into the books of the other side, which knows nothing of our sagas. */
    private boolean kept(Promise promise, Play play) throws InterruptedException {
        tellTheRest(play);
        Answer books = asOperator.get(where.simulators() + "/gateway/charges?orderId=" + play.orderId);
        if (!books.isOk()) {
            notTaken(books);
            return false;
        }
        List<String> kinds = books.body().path("items").valueStream().map(charge -> charge.path("kind").asString(""))
                .toList();
        play.story.tell("the gateway's own books: " + (kinds.isEmpty() ? "nothing" : String.join(", ", kinds)));
        if (!promise.either().contains(kinds)) {
            out.println("That is not what was promised: %s. Whether the books still agree, ./demo audit says."
                    .formatted(promise.inWords()));
            return false;
        }
        return true;
    }

    private String urlOf(Until until, Play play) {
        return switch (until.source()) {
            case ORDER -> where.orders() + "/orders/" + play.orderId;
            case PAYMENT -> where.payments() + "/payments/" + play.orderId;
            case SHIPMENT -> where.shipments() + "/shipments/" + play.orderId;
            case RETURN -> where.orders() + "/orders/" + play.orderId + "/returns/" + play.returnId;
        };
    }

    /** The timeline is made from what the others say, and comes a moment later than what they say. */
    private void tellTheRest(Play play) throws InterruptedException {
        int quiet = 0;
        while (quiet < QUIET_LOOKS && !never.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            quiet = play.story.tellNews(timelineOf(play)) == 0 ? quiet + 1 : 0;
        }
    }

    private void sayStatus(Play play, Answer order) {
        String reason = order.body().path("reason").asString("");
        play.story.tell("status %s%s".formatted(order.body().path("status").asString(""),
                reason.isEmpty() ? "" : " (" + reason + ")"));
    }

    private int notTaken(Answer answer) {
        out.println("Not taken: " + answer.inWords());
        answer.body().path("errors").forEach(error -> out.println(
                "  %s %s".formatted(error.path("pointer").asString(""), error.path("detail").asString(""))));
        if (answer.status() == Services.UNREACHABLE) {
            out.println("Is it running? ./demo status");
        }
        return 1;
    }

    private void sayWhereToLook(String id) {
        out.println("Look at it:");
        out.println("  curl -s %s/orders/%s".formatted(where.orders(), id));
        out.println("  curl -s %s/orders/%s/timeline".formatted(where.orders(), id));
        out.println("  curl -s %s/payments/%s".formatted(where.payments(), id));
        out.println("  curl -s '%s/sagas?orderId=%s'".formatted(where.sagas(), id));
    }

    private String trackingNumber(Play play) throws InterruptedException {
        return asOperator.get(where.shipments() + "/shipments/" + play.orderId).body().path("trackingNumber")
                .asString("");
    }

    private String timelineOf(Play play) {
        return where.orders() + "/orders/" + play.orderId + "/timeline";
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
