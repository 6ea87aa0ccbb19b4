package dev.waybill.events;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a name, an address line or an id may hold. */
class TextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u0000b", "line\nbreak", "half \uD83D emoji", "\uDE00", "\u0085"})
    void textThatCannotBeStoredOrShownIsRefused(String text) {
        assertThatThrownBy(() -> Text.required("A name", text, 100)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alice Doe", "Zoë", "李小龍", "😀 Smith"})
    void textOfEveryScriptIsTaken(String text) {
        assertThat(Text.required("A name", text, 100)).isEqualTo(text);
    }
}
