package dev.waybill.events;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What makes a newer revision of a schema break with an older one of the same major version. Both directions count: who was
 * built for the older one reads messages of the newer one, and messages of the older one lie on the topics for ever. So only
 * optional properties may be added, and values to enumerations that were open from the start; all else is a new type.
 */
final class Compatibility {

    /** What a value has to keep to. None may change: a reader of the other revision would refuse what the writer may say. */
    private static final List<String> BOUNDS = List
            .of("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern", "format");

    private final JsonNode older;
    private final JsonNode newer;
    private final List<String> breaks = new ArrayList<>();

    private Compatibility(JsonNode older, JsonNode newer) {
        this.older = older;
        this.newer = newer;
    }

    /** A sentence for each break, saying what it is and why it is one; none where both go together. */
    static List<String> breaksBetween(JsonNode older, JsonNode newer) {
        var comparison = new Compatibility(older, newer);
        comparison.compare("", older, newer);
        return comparison.breaks;
    }

    private void compare(String at, JsonNode olderNode, JsonNode newerNode) {
        JsonNode was = resolved(older, olderNode);
        JsonNode is = resolved(newer, newerNode);
        if (!was.path("type").equals(is.path("type"))) {
            say(at, "was of type %s and is of type %s. Whoever reads it as it was fails on what is sent now"
                    .formatted(was.path("type").asString("any"), is.path("type").asString("any")));
            return;
        }
        compareProperties(at, was, is);
        compareValues(at, was, is);
        if (was.has("items") && is.has("items")) {
            compare(at + "/*", was.path("items"), is.path("items"));
        }
    }

    private void compareProperties(String at, JsonNode was, JsonNode is) {
        Set<String> before = names(was.path("properties"));
        Set<String> now = names(is.path("properties"));
        Set<String> added = minus(now, before);
        for (String name : before) {
            String place = at + "/" + name;
            if (now.contains(name)) {
                compare(place, was.path("properties").path(name), is.path("properties").path(name));
            } else {
                say(place, "is gone%s. Consumers read it, and every message that was ever sent has it under this name"
                        .formatted(added.isEmpty() ? "" : ", or is now called one of " + added));
            }
        }
        Set<String> requiredBefore = values(was.path("required"));
        Set<String> requiredNow = values(is.path("required"));
        for (String name : minus(requiredNow, requiredBefore)) {
            say(at + "/" + name,
                    before.contains(name)
                            ? "was optional and is required. Messages that were sent without it could not be read any more"
                            : "is new and required. Messages that were sent before it was there could not be read any more");
        }
        for (String name : minus(requiredBefore, requiredNow)) {
            if (now.contains(name)) {
                say(at + "/" + name, "was required and is optional. Consumers count on its being there");
            }
        }
    }

    private void compareValues(String at, JsonNode was, JsonNode is) {
        for (String bound : BOUNDS) {
            if (!was.path(bound).equals(is.path(bound))) {
                say(at, "had %s %s and has %s. What the one side may say the other may refuse"
                        .formatted(bound, text(was.get(bound)), text(is.get(bound))));
            }
        }
        boolean open = was.path("x-open-enum").asBoolean(false);
        if (open != is.path("x-open-enum").asBoolean(false)) {
            say(at, "is not marked x-open-enum as it was. Readers were told otherwise");
        }
        for (String value : minus(values(was.path("enum")), values(is.path("enum")))) {
            say(at, "does not know %s any more. Messages that say so lie on the topic for ever".formatted(value));
        }
        for (String value : minus(values(is.path("enum")), values(was.path("enum")))) {
            if (!open || !was.has("enum")) {
                say(at, "may now be %s, but is not marked as open. Consumers were told that they know all values"
                        .formatted(value));
            }
        }
        if (was.path("x-personal-data").asBoolean(false) != is.path("x-personal-data").asBoolean(false)) {
            say(at, "is not marked x-personal-data as it was. Whoever erases a customer goes by that mark");
        }
    }

    private void say(String at, String what) {
        breaks.add((at.isEmpty() ? "the message" : at) + " " + what + ".");
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.startsWith("#/") ? resolved(document, document.at(reference.substring(1))) : node;
    }

    private static Set<String> names(JsonNode object) {
        return new LinkedHashSet<>(object.properties().stream().map(Map.Entry::getKey).toList());
    }

    private static Set<String> values(JsonNode array) {
        return new LinkedHashSet<>(array.valueStream().map(value -> value.asString("")).toList());
    }

    private static Set<String> minus(Set<String> all, Set<String> without) {
        Set<String> left = new TreeSet<>(all);
        left.removeAll(without);
        return left;
    }

    private static String text(@Nullable JsonNode node) {
        return node == null ? "none" : node.toString();
    }
}
