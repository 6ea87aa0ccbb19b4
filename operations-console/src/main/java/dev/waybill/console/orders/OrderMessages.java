package dev.waybill.console.orders;

import dev.waybill.console.PrettyJson;
import dev.waybill.console.services.MessagesService.Message;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * All that the services have said about one order.
 *
 * @param lines    causes before their effects
 * @param troubles which services could not be asked, and why
 * @param cut      whether there is more
 */
record OrderMessages(UUID order, List<Line> lines, List<String> troubles, boolean cut) {

    /**
     * A message as the page shows it.
     *
     * @param place on the page
     * @param again whether it was said before, under the same id
     * @param cause the message that it follows from, where that is on the page
     */
    record Line(String place, String service, Message message, boolean again, @Nullable Cause cause) {

        /** {@code payment.captured}: the type without what all types have. */
        public String name() {
            return Objects.requireNonNullElse(message.type(), "of no type").replaceFirst("^dev\\.waybill\\.", "")
                    .replaceFirst("\\.v\\d+$", "");
        }

        public String kind() {
            return message.sequence() == null ? "command" : "event";
        }

        public String payload() {
            return PrettyJson.of(message.payload());
        }

        /** By name. */
        public Map<String, String> headers() {
            return new TreeMap<>(message.headers());
        }
    }

    /** What something follows from, and where it stands. */
    record Cause(String name, String place) {}
}
