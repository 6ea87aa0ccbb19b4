package dev.waybill.system.api;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What makes an API break with callers that were built for an older description of it (OpenAPI 3.1). A call may come, a field
 * that need not be sent, a field or a status that is answered: all else that changes is a break. Requests are refused for fields
 * that are not known, so a field that is gone from a request is one too.
 */
final class ApiCompatibility {

    /** Deep enough for every body there is; what contains itself has to end somewhere. */
    private static final int DEEPEST = 8;

    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    private final JsonNode older;
    private final JsonNode newer;
    private final List<String> breaks = new ArrayList<>();

    private ApiCompatibility(JsonNode older, JsonNode newer) {
        this.older = older;
        this.newer = newer;
    }

    /** A sentence for each break; none where every caller of the older API gets along with the newer. */
    static List<String> breaksBetween(JsonNode older, JsonNode newer) {
        var comparison = new ApiCompatibility(older, newer);
        older.path("paths").forEachEntry((path, calls) -> METHODS.stream().filter(calls::has)
                .forEach(method -> comparison.compareCall(path, method)));
        return comparison.breaks;
    }

    private void compareCall(String path, String method) {
        String call = method.toUpperCase(Locale.ROOT) + " " + path;
        JsonNode was = older.path("paths").path(path).path(method);
        JsonNode is = newer.path("paths").path(path).path(method);
        if (is.isMissingNode()) {
            breaks.add(call + " is gone: whoever calls it gets a 404 or a 405.");
            return;
        }
        compareParameters(call, parameters(was), parameters(is));
        compareBodies(call, was.path("requestBody"), is.path("requestBody"));
        was.path("responses").forEachEntry((status, answer) -> {
            JsonNode now = is.path("responses").path(status);
            if (now.isMissingNode() && status.startsWith("2")) {
                breaks.add("%s does not answer %s any more: callers wait for it.".formatted(call, status));
            } else if (!now.isMissingNode()) {
                compareAnswers("%s, answer %s,".formatted(call, status), schema(answer), schema(now), 0);
            }
        });
    }

    private void compareParameters(String call, Map<String, JsonNode> was, Map<String, JsonNode> is) {
        was.forEach((name, parameter) -> {
            JsonNode now = is.get(name);
            if (now == null) {
                breaks.add("%s does not take the %s any more: it would be passed over silently.".formatted(call, name));
            } else {
                compareRequests("%s, the %s".formatted(call, name), parameter.path("schema"), now.path("schema"), 0);
                if (isRequired(now) && !isRequired(parameter)) {
                    breaks.add("%s wants the %s, which could be left out.".formatted(call, name));
                }
            }
        });
        is.forEach((name, parameter) -> {
            if (!was.containsKey(name) && isRequired(parameter)) {
                breaks.add("%s wants the %s, which nobody sends yet.".formatted(call, name));
            }
        });
    }

    private void compareBodies(String call, JsonNode was, JsonNode is) {
        if (!was.isMissingNode() && is.isMissingNode()) {
            breaks.add(call + " takes no body any more.");
        } else if (isRequired(is) && !isRequired(was)) {
            breaks.add(call + " wants a body, which could be left out.");
        }
        compareRequests(call + ", body,", schema(was), schema(is), 0);
    }

    private void compareRequests(String at, JsonNode olderSchema, JsonNode newerSchema, int depth) {
        JsonNode was = resolved(older, olderSchema);
        JsonNode is = resolved(newer, newerSchema);
        if (depth > DEEPEST || !compareTypes(at, was, is)) {
            return;
        }
        for (String name : minus(names(was), names(is))) {
            breaks.add(
                    "%s does not know the field %s any more, and refuses what it does not know.".formatted(at, name));
        }
        for (String name : minus(values(is, "required"), values(was, "required"))) {
            breaks.add("%s wants the field %s, which could be left out.".formatted(at, name));
        }
        for (String value : minus(values(was, "enum"), values(is, "enum"))) {
            if (is.has("enum")) {
                breaks.add("%s does not take %s any more.".formatted(at, value));
            }
        }
        compareBounds(at, was, is);
        for (String name : both(was, is)) {
            compareRequests(at + " " + name, property(was, name), property(is, name), depth + 1);
        }
        compareRequestItems(at, was, is, depth);
    }

    private void compareRequestItems(String at, JsonNode was, JsonNode is, int depth) {
        if (was.has("items") && is.has("items")) {
            compareRequests(at + " item", was.path("items"), is.path("items"), depth + 1);
        }
    }

    private void compareBounds(String at, JsonNode was, JsonNode is) {
        for (String bound : List.of("maxLength", "maximum", "maxItems")) {
            if (is.has(bound) && (!was.has(bound) || is.path(bound).asLong() < was.path(bound).asLong())) {
                breaks.add("%s has a smaller %s: what was taken is refused.".formatted(at, bound));
            }
        }
        for (String bound : List.of("minLength", "minimum", "minItems")) {
            if (is.has(bound) && (!was.has(bound) || is.path(bound).asLong() > was.path(bound).asLong())) {
                breaks.add("%s has a greater %s: what was taken is refused.".formatted(at, bound));
            }
        }
        if (is.has("pattern") && !is.path("pattern").equals(was.path("pattern"))) {
            breaks.add("%s has another pattern: what was taken may be refused.".formatted(at));
        }
    }

    /** Values of enumerations may come: they are documented as open. */
    private void compareAnswers(String at, JsonNode olderSchema, JsonNode newerSchema, int depth) {
        JsonNode was = resolved(older, olderSchema);
        JsonNode is = resolved(newer, newerSchema);
        if (depth > DEEPEST || !compareTypes(at, was, is)) {
            return;
        }
        for (String name : minus(names(was), names(is))) {
            breaks.add("%s has no field %s any more: callers read it.".formatted(at, name));
        }
        for (String name : both(was, is)) {
            compareAnswers(at + " " + name, property(was, name), property(is, name), depth + 1);
        }
        if (was.has("items") && is.has("items")) {
            compareAnswers(at + " item", was.path("items"), is.path("items"), depth + 1);
        }
    }

    private boolean compareTypes(String at, JsonNode was, JsonNode is) {
        Set<String> before = types(was);
        Set<String> now = types(is);
        if (before.isEmpty() || before.equals(now)) {
            return true;
        }
        breaks.add("%s was of type %s and is of type %s.".formatted(at, before, now));
        return false;
    }

    private static Map<String, JsonNode> parameters(JsonNode call) {
        return call.path("parameters").valueStream().collect(Collectors.toMap(
                parameter -> "%s parameter %s".formatted(parameter.path("in").asString(""),
                        parameter.path("name").asString("")),
                parameter -> parameter, (first, _) -> first, TreeMap::new));
    }

    /** That of the one kind of content there is. */
    private static JsonNode schema(JsonNode bodyOrAnswer) {
        return bodyOrAnswer.path("content").valueStream().findFirst().map(content -> content.path("schema"))
                .orElseGet(() -> bodyOrAnswer.path("schema"));
    }

    private static JsonNode resolved(JsonNode document, JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.startsWith("#/") ? document.at(reference.substring(1)) : schema;
    }

    private static boolean isRequired(JsonNode described) {
        return described.path("required").asBoolean(false);
    }

    private static Set<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? new TreeSet<>(type.valueStream().map(JsonNode::asString).toList())
                : type.isString() ? Set.of(type.asString()) : Set.of();
    }

    private static Set<String> names(JsonNode schema) {
        return new LinkedHashSet<>(schema.path("properties").propertyStream().map(Map.Entry::getKey).toList());
    }

    private static JsonNode property(JsonNode schema, String name) {
        return schema.path("properties").path(name);
    }

    private static Set<String> both(JsonNode was, JsonNode is) {
        Set<String> both = names(was);
        both.retainAll(names(is));
        return both;
    }

    private static Set<String> values(JsonNode schema, String field) {
        return new LinkedHashSet<>(schema.path(field).valueStream().map(value -> value.asString("")).toList());
    }

    private static Set<String> minus(Set<String> all, Set<String> without) {
        Set<String> left = new TreeSet<>(all);
        left.removeAll(without);
        return left;
    }
}
