package dev.waybill.events;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples in the guide are true: the one goes together with what was there, the other is refused in these words. */
class EvolvingContractsTest {

    private static final String GUIDE = Contract.textOf(Path.of("..", "docs", "evolving-contracts.md"));

    @Test
    void theCompatibleChangeIsOne() {
        assertThat(Compatibility.breaksBetween(schema("before"), schema("compatible"))).isEmpty();
    }

    @Test
    void theBreakingChangeIsRefusedInTheseWords() {
        assertThat(Compatibility.breaksBetween(schema("before"), schema("breaking")))
                .containsExactlyElementsOf(block("text said").lines().toList());
    }

    private static JsonNode schema(String name) {
        return Json.tree(block("json " + name));
    }

    private static String block(String title) {
        Matcher block = Pattern.compile("(?s)```" + title + "\n(.*?)```").matcher(GUIDE);
        assertThat(block.find()).as(title).isTrue();
        return block.group(1);
    }
}
