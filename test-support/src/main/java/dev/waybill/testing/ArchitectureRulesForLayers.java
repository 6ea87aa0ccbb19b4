package dev.waybill.testing;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** What belongs where inside a service. */
final class ArchitectureRulesForLayers {

    private static final String TRANSACTIONAL = "org.springframework.transaction.annotation.Transactional";

    private static final DescribedPredicate<JavaClass> REPOSITORIES = describe(
            "repositories",
            type -> outermost(type).isAnnotatedWith("org.springframework.stereotype.Repository")
                    || outermost(type).isAssignableTo("org.springframework.data.repository.Repository"));

    private static final DescribedPredicate<JavaClass> CONTROLLERS = describe(
            "controllers",
            type -> type.isMetaAnnotatedWith("org.springframework.stereotype.Controller"));

    static final ArchRule SQL_IS_IN_REPOSITORIES = noClasses().that(
            not(REPOSITORIES).and(not(resideInAnyPackage("dev.waybill.messaging..", "dev.waybill.defaults.."))))
            .should().dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.springframework.jdbc.core..", "org.springframework.jdbc.object..")
            .because("whoever looks for a statement finds it in a class annotated @Repository");

    static final ArchRule CONTROLLERS_STAY_IN_THEIR_FEATURE = classes().that(CONTROLLERS)
            .should(new ArchCondition<>("touch no other feature's repositories") {
                @Override
                public void check(JavaClass controller, ConditionEvents events) {
                    for (Dependency dependency : controller.getDirectDependenciesFromSelf()) {
                        JavaClass target = dependency.getTargetClass();
                        if (REPOSITORIES.test(target)
                                && !target.getPackageName().equals(controller.getPackageName())) {
                            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                        }
                    }
                }
            }).because("a feature is asked by its use cases");

    static final ArchRule CONTROLLERS_OPEN_NO_TRANSACTIONS = noClasses().that(CONTROLLERS).should()
            .beAnnotatedWith(TRANSACTIONAL).orShould(new ArchCondition<>("have a transactional method") {
                @Override
                public void check(JavaClass controller, ConditionEvents events) {
                    controller.getMethods().stream().filter(method -> method.isAnnotatedWith(TRANSACTIONAL)).forEach(
                            method -> events.add(SimpleConditionEvent.satisfied(method, method.getDescription())));
                }
            }).because("one use case is one transaction, whoever calls it");

    static final ArchRule NOTHING_IS_INJECTED_INTO_FIELDS = fields().should()
            .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired").andShould()
            .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Value").andShould()
            .notBeAnnotatedWith("jakarta.inject.Inject").andShould()
            .notBeAnnotatedWith("jakarta.annotation.Resource").andShould()
            .notBeAnnotatedWith("jakarta.persistence.PersistenceContext")
            .because("what a class needs stands in its constructor");

    private ArchitectureRulesForLayers() {}

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureRulesForLayers::outermost).orElse(type);
    }
}
