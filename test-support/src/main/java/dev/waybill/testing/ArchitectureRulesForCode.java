package dev.waybill.testing;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

import java.util.Set;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** What is not written anywhere. */
final class ArchitectureRulesForCode {

    private static final Set<String> SLEEPERS = Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit");
    private static final Set<String> DATES_OF_OLD = Set
            .of("java.util.Date", "java.util.Calendar", "java.util.GregorianCalendar", "java.text.SimpleDateFormat");

    static final ArchRule NOBODY_SLEEPS = noClasses().should().accessTargetWhere(
            describe(
                    "somebody sleeps",
                    access -> SLEEPERS.contains(access.getTargetOwner().getName())
                            && access.getName().equals("sleep")))
            .because("what is waited for has a name: a signal, a deadline, a condition (Awaitility in tests)");

    static final ArchRule TIMES_ARE_JAVA_TIME = noClasses().should()
            .dependOnClassesThat(describe("are dates of old", type -> DATES_OF_OLD.contains(type.getName())));

    static final ArchRule NOTHING_IS_WRITTEN_TO_THE_CONSOLE = noClasses()
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS).because("a service logs");

    static final ArchRule TIME_COMES_FROM_A_CLOCK = noClasses().should().accessTargetWhere(readsTheSystemsTime())
            .because("a test must be able to say what time it is");

    static final ArchRule NOTHING_IS_NAMED_IMPL = noClasses().should().haveSimpleNameEndingWith("Impl");

    private ArchitectureRulesForCode() {}

    private static DescribedPredicate<JavaAccess<?>> readsTheSystemsTime() {
        return describe("the system's time is read", access -> {
            String owner = access.getTargetOwner().getName();
            boolean now = owner.startsWith("java.time.") && access.getName().equals("now") && !takesAClock(access);
            return now || (owner.equals("java.lang.System") && access.getName().equals("currentTimeMillis"));
        });
    }

    private static boolean takesAClock(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target && target.getRawParameterTypes().stream()
                .anyMatch(parameter -> parameter.getName().equals("java.time.Clock"));
    }
}
