package io.tidegate.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules between modules; each module tests its own beside this. */
class AppArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tidegate");

    @Test
    void modules_depend_in_one_direction() {
        noClasses()
                .that()
                .resideInAPackage("io.tidegate.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tidegate.scheduler..", "io.tidegate.web..", "io.tidegate.app..")
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage("io.tidegate.scheduler..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tidegate.web..", "io.tidegate.app..", "io.tidegate.migrations..")
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage("io.tidegate.web..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tidegate.app..", "io.tidegate.migrations..")
                .check(ALL);
        classes()
                .that()
                .resideInAnyPackage("io.tidegate.sandbox..", "io.tidegate.migrations..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(
                        "io.tidegate.engine..", "io.tidegate.scheduler..", "io.tidegate.web..", "io.tidegate.app..")
                .check(ALL);
    }

    @Test
    void a_server_loads_nothing_of_the_sandbox() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.tidegate.sandbox..", "io.tidegate.app.demo..")
                .and()
                .doNotHaveFullyQualifiedName(SandboxCommand.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tidegate.sandbox..")
                .check(ALL);
    }

    @Test
    void packages_of_the_app_do_not_depend_on_each_other_in_circles() {
        slices().matching("io.tidegate.app.(*)..").should().beFreeOfCycles().check(ALL);
    }
}
