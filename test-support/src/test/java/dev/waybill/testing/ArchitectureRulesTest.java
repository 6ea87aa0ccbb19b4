package dev.waybill.testing;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.waybill.brokenrules.BrokenRules;
import dev.waybill.brokenrules.other.OtherItems;
import dev.waybill.saga.engine.ConcurrentEngine;
import dev.waybill.saga.engine.ImpureEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Every rule can fail, and none fails where it is kept. */
class ArchitectureRulesTest {

    private static final Map<String, List<Class<?>>> BROKEN_BY = Map.ofEntries(
            entry("no service imports another one", List.of(BrokenRules.ImportsAnotherService.class)),
            entry("nobody sleeps", List.of(BrokenRules.Sleeps.class, BrokenRules.SleepsInUnits.class)),
            entry("times are java.time", List.of(BrokenRules.HasDatesOfOld.class)),
            entry("nothing is written to the console", List.of(BrokenRules.WritesToTheConsole.class)),
            entry("the domain knows no framework", List.of(BrokenRules.PublishesBySpring.class)),
            entry("the saga engine is pure", List.of(ImpureEngine.class, ConcurrentEngine.class)),
            entry("entities have no setters", List.of(BrokenRules.HasASetter.class)),
            entry("SQL is in repositories", List.of(BrokenRules.HasSqlAnywhere.class)),
            entry("controllers stay in their feature", List.of(BrokenRules.ReachesIntoAnotherFeature.class)),
            entry(
                    "controllers open no transactions",
                    List.of(BrokenRules.IsATransaction.class, BrokenRules.HasATransactionalMethod.class)),
            entry("nothing is injected into fields", List.of(BrokenRules.HasAnInjectedField.class)),
            entry(
                    "time comes from a clock",
                    List.of(BrokenRules.ReadsTheSystemsTime.class, BrokenRules.ReadsTheSystemsTimeByReference.class)),
            entry("nothing is named Impl", List.of(BrokenRules.SomethingImpl.class)));

    static Stream<String> rules() {
        return ArchitectureRules.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleFindsWhoBreaksIt(String name) {
        assertThat(BROKEN_BY).containsKey(name);
        for (Class<?> breaker : BROKEN_BY.getOrDefault(name, List.of())) {
            assertThatExceptionOfType(AssertionError.class).as(breaker.getSimpleName())
                    .isThrownBy(() -> rule(name).check(classes(breaker)))
                    .withMessageContaining(breaker.getSimpleName());
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleLeavesAloneWhoKeepsIt(String name) {
        rule(name).allowEmptyShould(true).check(classes(BrokenRules.KeepsTheRules.class, OtherItems.class));
    }

    @Test
    void rulesAboutNothingAreAMistake() {
        assertThatIllegalArgumentException().isThrownBy(() -> ArchitectureRules.of("dev.waybill.nowhere"));
    }

    private static ArchRule rule(String name) {
        ArchRule rule = ArchitectureRules.all().get(name);
        assertThat(rule).isNotNull();
        return rule;
    }

    private static JavaClasses classes(Class<?>... classes) {
        return new ClassFileImporter().importClasses(classes);
    }
}
