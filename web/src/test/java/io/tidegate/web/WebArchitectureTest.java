package io.tidegate.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WebArchitectureTest {
    private static final JavaClasses TIDEGATE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tidegate");

    @Test
    void javalin_and_jetty_are_known_to_the_web_only() {
        // The sandbox speaks HTTP too, in the role of a service far away; it never runs in a production server.
        noClasses()
                .that()
                .resideOutsideOfPackages("io.tidegate.web..", "io.tidegate.sandbox..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
                .check(TIDEGATE);
    }

    @Test
    void the_web_speaks_to_services_only() {
        noClasses()
                .that()
                .resideInAPackage("io.tidegate.web..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.jdbi..",
                        "java.sql..",
                        "org.apache.kafka..",
                        "com.aliyun..",
                        "org.quartz..",
                        "io.tidegate.sandbox..",
                        "io.tidegate.migrations..",
                        "io.tidegate.app..")
                .check(TIDEGATE);
        noClasses()
                .that()
                .resideInAPackage("io.tidegate.web..")
                .should()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("Dao")
                .check(TIDEGATE);
    }

    @Test
    void nobody_below_knows_the_web() {
        noClasses()
                .that()
                .resideInAnyPackage("io.tidegate.scheduler..", "io.tidegate.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tidegate.web..")
                .check(TIDEGATE);
    }

    @Test
    void the_nouns_of_the_web_form_no_cycle() {
        slices().matching("io.tidegate.web.(*)..").should().beFreeOfCycles().check(TIDEGATE);
    }

    @Test
    void nobody_reads_the_system_clock() {
        noClasses()
                .that()
                .resideInAPackage("io.tidegate.web..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.InstantSource.class, "system")
                .check(TIDEGATE);
    }

    @Test
    void all_urls_stand_in_one_file() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<String> withUrls = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> read(file).contains("\"/api")
                            || read(file).contains("HandlerType.GET, \"")
                            || read(file).contains("\"/workspaces"))
                    .map(file -> file.getFileName().toString())
                    .toList();

            assertThat(withUrls).containsExactly("Routes.java");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
