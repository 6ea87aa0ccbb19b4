package dev.waybill.saga;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import java.util.List;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.waybill.saga");

    @Test
    void theEngineKnowsMessagesAndNothingElse() {
        classes().that().resideInAPackage("..saga.engine").should().onlyDependOnClassesThat().resideInAnyPackage(
                "java..", "org.jspecify.annotations", "com.fasterxml.jackson.annotation", "dev.waybill.events",
                "dev.waybill.saga.engine").check(CLASSES);
    }

    @Test
    void aProcessKnowsMessagesAndTheEngine() {
        for (String process : List.of("fulfillment", "cancellation", "returns")) {
            classes().that().resideInAPackage("..saga." + process).should().onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "org.jspecify.annotations", "dev.waybill.events",
                            "dev.waybill.saga.engine", "dev.waybill.saga." + process)
                    .check(CLASSES);
        }
    }

    @Test
    void nothingIsRunByLookingAtIt() {
        classes().that().resideInAPackage("..saga.running").should().onlyDependOnClassesThat()
                .resideOutsideOfPackage("..saga.operations").check(CLASSES);
    }
}
