package io.tidegate.scheduler;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.tidegate.scheduler.node.RerunProperty;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parts of the scheduler may know of each other and of the world. */
class SchedulerArchitectureTest {
    private static final String ROOT = "io.tidegate.scheduler";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static final String[] PURE_PACKAGES = {ROOT + ".parameter", ROOT + ".cycle", ROOT + ".readiness"};
    private static final Set<String> PURE_INSTANCE_TYPES = Set.of(
            "InstanceState",
            "InstanceFlags",
            "InstanceEvent",
            "InstanceEffect",
            "InstanceTransition",
            "IllegalTransitionException",
            "InstanceOperation",
            "InstanceSituation",
            "OperationRules",
            "Origin");

    private static final DescribedPredicate<JavaClass> PURE_INSTANCE = DescribedPredicate.describe(
            "the pure types of instance",
            type -> outermost(type).getPackageName().equals(ROOT + ".instance")
                    && PURE_INSTANCE_TYPES.contains(outermost(type).getSimpleName()));
    private static final DescribedPredicate<JavaClass> PURE = resideInAnyPackage(PURE_PACKAGES)
            .or(PURE_INSTANCE)
            .or(DescribedPredicate.describe(
                    "RerunProperty and its arrays",
                    type -> type.getBaseComponentType().isEquivalentTo(RerunProperty.class)))
            .as("pure");

    private static final ArchRule NOBODY_READS_THE_CLOCK = noClasses()
            .should()
            .callCodeUnitWhere(
                    DescribedPredicate.describe("reads the system clock", SchedulerArchitectureTest::readsTheClock))
            .because("time comes from the InstantSource that the constructor takes");

    private static boolean readsTheClock(JavaAccess<?> call) {
        JavaClass owner = call.getTargetOwner();
        String name = call.getName();
        List<JavaClass> parameters =
                call.getTarget() instanceof CodeUnitCallTarget target ? target.getRawParameterTypes() : List.of();
        boolean now = name.equals("now")
                && owner.getPackageName().startsWith("java.time")
                && parameters.stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
        boolean clock = owner.isAssignableTo(InstantSource.class)
                && (name.startsWith("system") || (name.startsWith("tick") && parameters.size() == 1));
        boolean date = owner.isEquivalentTo(Date.class) && name.equals("<init>") && parameters.isEmpty();
        boolean calendar = owner.isAssignableTo(Calendar.class) && name.equals("getInstance");
        boolean system = owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis");
        return now || clock || date || calendar || system;
    }

    private static JavaClass outermost(JavaClass type) {
        if (type.isArray()) {
            return outermost(type.getBaseComponentType());
        }
        return type.getEnclosingClass()
                .map(SchedulerArchitectureTest::outermost)
                .orElse(type);
    }

    @Test
    void pure_types_know_only_java_annotations_and_each_other() {
        var allowed = resideInAnyPackage("java..", "org.jspecify.annotations..", "com.fasterxml.jackson.annotation..")
                .or(PURE);

        classes().that(PURE).should().onlyDependOnClassesThat(allowed).check(CLASSES);
        assertThat(CLASSES.stream().filter(PURE_INSTANCE).map(JavaClass::getSimpleName))
                .as("a renamed type must not leave the rule unnoticed")
                .containsAll(PURE_INSTANCE_TYPES);
    }

    @Test
    void pure_types_touch_neither_files_nor_network_nor_threads() {
        noClasses()
                .that(PURE)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.nio..", "java.net..", "java.sql..", "java.util.concurrent.."))
                .because("the same input gives the same answer")
                .check(CLASSES);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nobody_reads_the_system_clock() {
        NOBODY_READS_THE_CLOCK.check(CLASSES);
    }

    @Test
    void the_rule_about_the_clock_can_fail() {
        var offender = new ClassFileImporter().importClasses(ReadsTheClock.class);

        assertThat(NOBODY_READS_THE_CLOCK.evaluate(offender).getFailureReport().getDetails())
                .hasSize(5);
    }

    @Test
    void nobody_leans_on_the_zone_of_the_machine() {
        noClasses()
                .should()
                .callMethod(java.time.ZoneId.class, "systemDefault")
                .orShould()
                .callMethod(java.util.TimeZone.class, "getDefault")
                .check(CLASSES);
    }

    @Test
    void quartz_is_known_to_its_own_package_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".trigger..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.quartz.."))
                .check(CLASSES);
    }

    /** Services may hold a Jdbi and pass a Handle on, to put several DAOs into one transaction; SQL stands in DAOs alone. */
    @Test
    void sql_stands_in_daos_only() {
        noClasses()
                .that(DescribedPredicate.describe(
                        "are no DAOs", type -> !outermost(type).getSimpleName().endsWith("Dao")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.jdbi.v3.sqlobject.statement..",
                        "org.jdbi.v3.sqlobject.customizer..",
                        "org.jdbi.v3.core.statement.."))
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Util", "Utils", "Helper", "Manager", "Impl"})
    void no_class_is_named_for_being_a_class(String suffix) {
        noClasses().should().haveSimpleNameEndingWith(suffix).check(CLASSES);
    }

    /** Offends in every way the rule knows. */
    static final class ReadsTheClock {
        @SuppressWarnings("JavaUtilDate")
        List<Object> offences() {
            return List.of(
                    Instant.now(),
                    java.time.LocalDate.now(java.time.ZoneOffset.UTC),
                    Clock.systemUTC(),
                    new Date(),
                    System.currentTimeMillis());
        }
    }
}
