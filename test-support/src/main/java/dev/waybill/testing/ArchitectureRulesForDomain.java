package dev.waybill.testing;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;

import java.util.Set;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** What decides: aggregates, their parts and their events, and the saga engine with its definitions. */
final class ArchitectureRulesForDomain {

    private static final String AGGREGATE = "dev.waybill.messaging.Aggregate";
    private static final String MESSAGE = "dev.waybill.events.Message";
    private static final String[] SAGAS = {"dev.waybill.saga.engine..", "dev.waybill.saga.fulfillment.."};

    private static final String[] VALUES = {"java.lang..", "java.util..", "java.time..", "org.jspecify.annotations",
            "com.fasterxml.jackson.annotation", "dev.waybill.events"};

    private static final DescribedPredicate<JavaClass> CHANGEABLE = describe(
            "answer differently each time",
            type -> Set.of("java.util.Random", "java.time.Clock").contains(type.getName())
                    || type.getPackageName().startsWith("java.util.concurrent"));

    private static final DescribedPredicate<JavaClass> ENTITIES = describe(
            "entities",
            type -> type.isAnnotatedWith("jakarta.persistence.Entity")
                    || type.isAnnotatedWith("jakarta.persistence.Embeddable")
                    || type.isAnnotatedWith("jakarta.persistence.MappedSuperclass"));

    private static final DescribedPredicate<JavaClass> DOMAIN = ENTITIES
            .or(describe("aggregates", type -> type.isAssignableTo(AGGREGATE)))
            .or(describe("messages", type -> type.isAssignableTo(MESSAGE))).or(resideInAnyPackage(SAGAS))
            .as("the domain");

    static final ArchRule THE_DOMAIN_KNOWS_NO_FRAMEWORK = noClasses().that(DOMAIN).should().dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.kafka..")
            .because("a decision is tested without anything around it");

    static final ArchRule THE_SAGA_ENGINE_IS_PURE = CompositeArchRule
            .of(
                    classes().that(resideInAnyPackage(SAGAS)).should().onlyDependOnClassesThat(
                            resideInAnyPackage(SAGAS).or(resideInAnyPackage(VALUES)).and(not(CHANGEABLE))))
            .and(
                    noClasses().that(resideInAnyPackage(SAGAS)).should().accessTargetWhere(
                            describe("a random id is made", access -> access.getName().equals("randomUUID"))))
            .because("the same input has the same outcome, in production as in simulation");

    static final ArchRule ENTITIES_HAVE_NO_SETTERS = methods().that().areDeclaredInClassesThat(ENTITIES).should()
            .haveNameNotMatching("set[A-Z].*").because("an aggregate's methods decide; nobody else changes it");

    private ArchitectureRulesForDomain() {}
}
