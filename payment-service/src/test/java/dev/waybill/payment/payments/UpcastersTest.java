package dev.waybill.payment.payments;

import dev.waybill.payment.payments.ChangeJson.Stored;
import dev.waybill.payment.payments.Upcasters.Step;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * What was stored once can be read for ever. The files are bytes as they were stored: none that is there already is ever changed.
 */
class UpcastersTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** {@code upcasters/TYPE/FORM/NAME.json}: what was stored, and how it is read in the next form. */
    @TestFactory
    Stream<DynamicTest> everyStepMakesOfOldBytesWhatItsFilesSay() throws IOException {
        return files("upcasters/*/*/*.json").map(file -> {
            String[] path = pathOf(file);
            String type = path[path.length - 3];
            int form = Integer.parseInt(path[path.length - 2]);
            JsonNode golden = read(file);
            return dynamicTest(String.join("/", type, "" + form, path[path.length - 1]), () -> {
                assertThat(Upcasters.ALL.toCurrent(type, form, (ObjectNode) golden.path("stored")))
                        .isEqualTo(golden.path("read"));
                // It binds, too.
                ChangeJson.read(new Stored(type, form, golden.path("stored").toString()));
            });
        });
    }

    @Test
    void everyTypeHasAFileOfEachFormThatItEverHad() throws IOException {
        List<String> upcast = files("upcasters/*/*/*.json").map(UpcastersTest::pathOf)
                .map(path -> path[path.length - 3] + "-" + path[path.length - 2]).distinct().toList();
        List<String> current = files("changes/*.json").map(Resource::getFilename).map(Objects::requireNonNull)
                .map(name -> name.replace(".json", "")).toList();
        for (Class<?> type : PaymentChange.class.getPermittedSubclasses()) {
            int form = Upcasters.ALL.current(type.getSimpleName());
            assertThat(current).contains(type.getSimpleName() + "-" + form);
            for (int old = 1; old < form; old++) {
                assertThat(upcast).contains(type.getSimpleName() + "-" + old);
            }
        }
    }

    /** {@code changes/TYPE-FORM.json}: as it is stored today, and can be read for ever. */
    @TestFactory
    Stream<DynamicTest> whatIsStoredTodayIsReadAndWrittenAlike() throws IOException {
        return files("changes/*.json").map(file -> {
            String name = Objects.requireNonNull(file.getFilename()).replace(".json", "");
            String type = name.substring(0, name.indexOf('-'));
            int form = Integer.parseInt(name.substring(name.indexOf('-') + 1));
            return dynamicTest(name, () -> {
                Stored written = ChangeJson.write(ChangeJson.read(new Stored(type, form, read(file).toString())));
                assertThat(written.type()).isEqualTo(type);
                assertThat(written.schemaVersion()).isEqualTo(form);
                assertThat(JSON.readTree(written.payload())).isEqualTo(read(file));
            });
        });
    }

    @Test
    void stepsAreTakenOneAfterAnother() {
        var upcasters = new Upcasters(
                Map.of(
                        new Step("Noted", 1),
                        old -> JSON.createObjectNode().put("text", old.path("t").asString()),
                        new Step("Noted", 2),
                        old -> JSON.createObjectNode().put("words", old.path("text").asString().split(" ").length)));
        assertThat(upcasters.current("Noted")).isEqualTo(3);
        assertThat(upcasters.toCurrent("Noted", 1, JSON.createObjectNode().put("t", "a b c")).path("words").asInt())
                .isEqualTo(3);
        assertThat(upcasters.toCurrent("Noted", 2, JSON.createObjectNode().put("text", "a")).path("words").asInt())
                .isEqualTo(1);
        ObjectNode today = JSON.createObjectNode().put("words", 7);
        assertThat(upcasters.toCurrent("Noted", 3, today)).isSameAs(today);
        assertThat(upcasters.current("Never changed")).isEqualTo(1);
    }

    @Test
    void whatANewerVersionHasWrittenIsNotGuessedAt() {
        assertThatThrownBy(() -> ChangeJson.read(new Stored("Voided", 2, "{}"))).hasMessageContaining("newer");
        assertThatThrownBy(() -> ChangeJson.read(new Stored("ChargedBack", 1, "{}")))
                .hasMessageContaining("known here");
    }

    @Test
    void aFieldMoreDoesNoHarm() {
        assertThat(ChangeJson.read(new Stored("Renewed", 1, "{\"reference\": \"r\", \"mood\": \"good\"}")))
                .isEqualTo(new PaymentChange.Renewed("r"));
    }

    private static Stream<Resource> files(String pattern) throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver().getResources("classpath*:" + pattern));
    }

    private static String[] pathOf(Resource file) {
        try {
            return file.getURL().getPath().split("/", -1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(Resource file) {
        try (InputStream stream = file.getInputStream()) {
            return JSON.readTree(stream);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
