package dev.waybill.testing;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.DynamicTest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * The rules of the house, for every service alike. A service keeps them by one test:
 *
 * <pre>
 * class ArchitectureTest {
 *
 *     &#64;TestFactory
 *     Stream&lt;DynamicTest&gt; rules() {
 *         return ArchitectureRules.of("dev.waybill.inventory");
 *     }
 * }
 * </pre>
 */
public final class ArchitectureRules {

    /** Names are what a failure begins with. */
    private static final Map<String, ArchRule> FOR_ALL_CODE = new LinkedHashMap<>();
    private static final Map<String, ArchRule> FOR_PRODUCTION_CODE = new LinkedHashMap<>();

    static {
        FOR_ALL_CODE.put("no service imports another one", ArchitectureRulesForModules.NO_SERVICE_IMPORTS_ANOTHER);
        FOR_ALL_CODE.put("nobody sleeps", ArchitectureRulesForCode.NOBODY_SLEEPS);
        FOR_ALL_CODE.put("times are java.time", ArchitectureRulesForCode.TIMES_ARE_JAVA_TIME);
        FOR_ALL_CODE.put("nothing is written to the console",
                ArchitectureRulesForCode.NOTHING_IS_WRITTEN_TO_THE_CONSOLE);

        FOR_PRODUCTION_CODE.put("the domain knows no framework",
                ArchitectureRulesForDomain.THE_DOMAIN_KNOWS_NO_FRAMEWORK);
        FOR_PRODUCTION_CODE.put("the saga engine is pure", ArchitectureRulesForDomain.THE_SAGA_ENGINE_IS_PURE);
        FOR_PRODUCTION_CODE.put("entities have no setters", ArchitectureRulesForDomain.ENTITIES_HAVE_NO_SETTERS);
        FOR_PRODUCTION_CODE.put("SQL is in repositories", ArchitectureRulesForLayers.SQL_IS_IN_REPOSITORIES);
        FOR_PRODUCTION_CODE.put("controllers stay in their feature",
                ArchitectureRulesForLayers.CONTROLLERS_STAY_IN_THEIR_FEATURE);
        FOR_PRODUCTION_CODE.put("controllers open no transactions",
                ArchitectureRulesForLayers.CONTROLLERS_OPEN_NO_TRANSACTIONS);
        FOR_PRODUCTION_CODE.put("nothing is injected into fields",
                ArchitectureRulesForLayers.NOTHING_IS_INJECTED_INTO_FIELDS);
        FOR_PRODUCTION_CODE.put("time comes from a clock", ArchitectureRulesForCode.TIME_COMES_FROM_A_CLOCK);
        FOR_PRODUCTION_CODE.put("nothing is named Impl", ArchitectureRulesForCode.NOTHING_IS_NAMED_IMPL);
    }

    private ArchitectureRules() {}

    /**
     * One test for each rule.
     *
     * @param basePackage of the service, {@code dev.waybill.inventory}
     */
    public static Stream<DynamicTest> of(String basePackage) {
        JavaClasses all = new ClassFileImporter().importPackages(basePackage);
        JavaClasses production = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(basePackage);
        if (production.isEmpty()) {
            throw new IllegalArgumentException("There are no classes in " + basePackage);
        }
        return Stream.concat(tests(FOR_ALL_CODE, all), tests(FOR_PRODUCTION_CODE, production));
    }

    static Map<String, ArchRule> all() {
        Map<String, ArchRule> all = new LinkedHashMap<>(FOR_ALL_CODE);
        all.putAll(FOR_PRODUCTION_CODE);
        return all;
    }

    private static Stream<DynamicTest> tests(Map<String, ArchRule> rules, JavaClasses classes) {
        return rules.entrySet().stream()
                .map(rule -> dynamicTest(rule.getKey(), () -> rule.getValue().allowEmptyShould(true).check(classes)));
    }
}
