package dev.waybill.simulators;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.waybill.simulators");

    @Test
    void outsideWorldKnowsNothingOfTheServices() {
        noClasses().should()
                .dependOnClassesThat(
                        resideInAPackage("dev.waybill..").and(not(resideInAPackage("dev.waybill.simulators.."))))
                .check(CLASSES);
    }

    @Test
    void featuresDoNotGoInCircles() {
        slices().matching("dev.waybill.simulators.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void ledgersAreKeptToThemselves() {
        classes().that().haveSimpleNameEndingWith("Ledger").or().haveSimpleNameEndingWith("Entry").and()
                .resideOutsideOfPackage("..books..").should().bePackagePrivate().check(CLASSES);
    }
}
