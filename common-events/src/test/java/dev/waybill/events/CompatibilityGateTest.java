package dev.waybill.events;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No schema breaks with any that was released under the same major version. What was released stands a second time beside
 * the tests, so that a change to a released file is not only noticed but named.
 */
class CompatibilityGateTest {

    private static final Path RELEASED = Path.of("src/test/released");

    static Stream<Contract> contracts() {
        return Contract.all();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void aReleasedSchemaIsAsItWasReleased(Contract contract) {
        for (Path revision : contract.revisions()) {
            Path released = RELEASED.resolve(Contract.ROOT.relativize(revision));
            if (!released.toFile().exists()) {
                continue;
            }
            assertThat(Compatibility.breaksBetween(treeOf(released), treeOf(revision)))
                    .as("%s was changed after it was released.%s", revision, whatToDo(contract)).isEmpty();
            assertThat(Contract.textOf(revision))
                    .as("%s was changed after it was released, harmlessly as it seems. Still, others hold copies of it:"
                            + " put the old text back, and what is new into v1.%d.schema.json beside it",
                            revision, contract.revisions().size())
                    .isEqualTo(Contract.textOf(released));
        }
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyRevisionGoesTogetherWithEveryOneBeforeIt(Contract contract) {
        assertThat(breaksAmong(contract.revisions())).as("%s breaks with itself.%s", contract, whatToDo(contract))
                .isEmpty();
    }

    @Test
    void nothingReleasedIsGone() {
        Set<String> released = namesIn(RELEASED);

        assertThat(namesIn(Contract.ROOT))
                .as("Whoever consumes a topic from its beginning meets every type that was ever released")
                .containsAll(released);
        assertThat(released)
                .as("A schema that is to be released is put beside the tests too: (cd common-events && cp -rn"
                        + " src/main/resources/contracts/. src/test/released/ && find src/test/released -type f"
                        + " ! -name '*.schema.json' -delete && find src/test/released -type d -empty -delete)")
                .containsAll(namesIn(Contract.ROOT));
    }

    private static List<String> breaksAmong(List<Path> revisions) {
        List<String> breaks = new ArrayList<>();
        for (int newer = 1; newer < revisions.size(); newer++) {
            for (int older = 0; older < newer; older++) {
                String pair = "%s after %s: ".formatted(revisions.get(newer).getFileName(),
                        revisions.get(older).getFileName());
                Compatibility.breaksBetween(treeOf(revisions.get(older)), treeOf(revisions.get(newer)))
                        .forEach(found -> breaks.add(pair + found));
            }
        }
        return breaks;
    }

    private static JsonNode treeOf(Path file) {
        return Json.tree(Contract.textOf(file));
    }

    private static Set<String> namesIn(Path root) {
        return Contract.filesIn(root).stream().filter(file -> file.toString().endsWith(".schema.json"))
                .map(file -> root.relativize(file).toString().replace('\\', '/')).collect(Collectors.toSet());
    }

    private static String whatToDo(Contract contract) {
        return " A change like this is a new type, %s: put its schema and record beside this one, have every consumer read both, and"
                .formatted(contract.type().replaceAll("v1$", "v2"))
                + " only then let the producer switch (docs/evolving-contracts.md goes through one)";
    }
}
