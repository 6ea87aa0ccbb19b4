package dev.waybill.console.flow;

/** How bad it is, as the alerts have it. */
enum Level {
    WELL("", ""), WARNING("Warning", "warning"), CRITICAL("Critical", "bad");

    private final String word;
    private final String style;

    Level(String word, String style) {
        this.word = word;
        this.style = style;
    }

    /** For those who see no colours. */
    String word() {
        return word;
    }

    String style() {
        return style;
    }
}
