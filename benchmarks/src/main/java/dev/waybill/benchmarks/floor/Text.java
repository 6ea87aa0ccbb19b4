package dev.waybill.benchmarks.floor;

/** The cheapest way to a value in JSON whose form is known. */
final class Text {

    private Text() {}

    /** @throws IllegalArgumentException where it does not stand there */
    static String between(String text, String before, String after) {
        int at = text.indexOf(before);
        int end = at < 0 ? -1 : text.indexOf(after, at + before.length());
        if (end < 0) {
            throw new IllegalArgumentException("No %s in %s".formatted(before, text));
        }
        return text.substring(at + before.length(), end);
    }

    /** From the first bracket of this kind after a name to the one that ends it; none may be nested. */
    static String list(String json, String name) {
        return "[" + between(json, "\"" + name + "\":[", "]") + "]";
    }
}
