package dev.waybill.messaging.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.messaging.inbox.ParkedMessage.Content;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * One place in which an edited message differs from what arrived.
 *
 * @param pointer into the payload (RFC 6901); empty for all of it, where one of both is no JSON
 * @param header or the name of a header
 * @param before nothing where it was added
 * @param after nothing where it was removed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Difference(
        @Nullable String pointer,
        @Nullable String header,
        @Nullable JsonNode before,
        @Nullable JsonNode after) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static List<Difference> between(Content original, Content edited) {
        List<Difference> found = new ArrayList<>();
        compare(found, "", tree(original.payload()), tree(edited.payload()));
        Map<String, String> before = original.headers();
        Map<String, String> after = edited.headers();
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            JsonNode old = text(before.get(name));
            JsonNode now = text(after.get(name));
            if (old == null || !old.equals(now)) {
                found.add(new Difference(null, name, old, now));
            }
        }
        return found;
    }

    private static void compare(
            List<Difference> found, String pointer, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null || after == null) {
            if (!Objects.equals(before, after)) {
                found.add(new Difference(pointer, null, before, after));
            }
        } else if (before.isObject() && after.isObject()) {
            var names = new TreeSet<>(before.propertyNames());
            names.addAll(after.propertyNames());
            for (String name : names) {
                String escaped = name.replace("~", "~0").replace("/", "~1");
                compare(found, pointer + "/" + escaped, before.get(name), after.get(name));
            }
        } else if (before.isArray() && after.isArray()) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(found, pointer + "/" + i, before.get(i), after.get(i));
            }
        } else if (!before.equals(after)) {
            found.add(new Difference(pointer, null, before, after));
        }
    }

    private static @Nullable JsonNode tree(@Nullable Bytes payload) {
        if (payload == null) {
            return null;
        }
        try {
            JsonNode tree = JSON.readTree(payload.get());
            return tree.isMissingNode() ? text("") : tree;
        } catch (JacksonException _) {
            return text(PayloadText.whole(payload).text());
        }
    }

    private static @Nullable JsonNode text(@Nullable String text) {
        return text == null ? null : JsonNodeFactory.instance.stringNode(text);
    }
}
