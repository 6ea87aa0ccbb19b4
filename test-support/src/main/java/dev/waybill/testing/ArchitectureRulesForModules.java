package dev.waybill.testing;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import java.util.Set;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

/** Who may know whom. A module is what follows {@code dev.waybill.} in a package's name. */
final class ArchitectureRulesForModules {

    private static final String BASE = "dev.waybill.";
    private static final Set<String> SHARED = Set.of("events", "messaging", "defaults", "testing");

    static final ArchRule NO_SERVICE_IMPORTS_ANOTHER = classes()
            .should(new ArchCondition<>("know their own module only") {
                @Override
                public void check(JavaClass origin, ConditionEvents events) {
                    for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                        String target = moduleOf(dependency.getTargetClass());
                        if (!target.isEmpty() && !SHARED.contains(target) && !target.equals(moduleOf(origin))) {
                            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                        }
                    }
                }
            }).because("services talk by messages (docs/adr)");

    private ArchitectureRulesForModules() {}

    private static String moduleOf(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(BASE)) {
            return "";
        }
        return name.substring(BASE.length()).split("\\.", -1)[0];
    }
}
