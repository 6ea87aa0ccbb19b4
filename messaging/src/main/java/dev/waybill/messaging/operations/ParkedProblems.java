package dev.waybill.messaging.operations;

import dev.waybill.defaults.operators.IfMatch;
import dev.waybill.defaults.problems.Problem;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.messaging.inbox.SeeingToParked.Answer;

import java.util.UUID;

/** Why something asked about a parked message was not done, as problems. */
final class ParkedProblems {

    private static final ProblemType UNKNOWN = ProblemType.notFound("unknown-parked-message",
            "There is no such parked message");
    private static final ProblemType WAITS_BEHIND = ProblemType.conflict("message-waits-behind",
            "The message waits behind another one");
    private static final ProblemType NO_SUBSCRIPTION = ProblemType.conflict("no-such-subscription",
            "Nobody here takes such messages any more");

    private ParkedProblems() {}

    /** What was done, or else the problem. */
    static <T> T done(UUID id, Answer<T> answer) {
        return switch (answer) {
            case Answer.Done<T>(T value) -> value;
            case Answer.Gone<T>() -> throw unknown(id);
            case Answer.WaitsBehind<T>(UUID first) -> throw WAITS_BEHIND
                    .because("It waits behind %s, which has to be replayed or discarded first".formatted(first));
            case Answer.Changed<T>(long version) -> throw IfMatch.stale(version);
            case Answer.NoSubscription<T>(String name) -> throw NO_SUBSCRIPTION
                    .because("There is no subscription %s here; the message can be discarded".formatted(name));
        };
    }

    static Problem unknown(UUID id) {
        return UNKNOWN.because("There is no parked message %s, or not any more".formatted(id));
    }
}
