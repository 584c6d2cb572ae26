package org.embygateway.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The picture of the packages, held against the class files: each uses only the lines below its own. */
@AnalyzeClasses(
        packages = "org.embygateway",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {
    private static final String[] HANDLERS = {
        "org.embygateway.edge..",
        "org.embygateway.local..",
        "org.embygateway.catalogue..",
        "org.embygateway.play..",
        "org.embygateway.broadcast..",
        "org.embygateway.sync..",
        "org.embygateway.admin.."
    };

    @ArchTest
    static final ArchRule NO_CYCLES_BETWEEN_PACKAGES =
            slices().matching("org.embygateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_CYCLES_INSIDE =
            slices().matching("org.embygateway.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_APP_KNOWS_ITSELF = noClasses()
            .that()
            .resideOutsideOfPackage("org.embygateway.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.embygateway.app..");

    @ArchTest
    static final ArchRule THE_MIDDLE_DOES_NOT_LOOK_UP = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.embygateway.upstream..",
                    "org.embygateway.rewrite..",
                    "org.embygateway.auth..",
                    "org.embygateway.route..",
                    "org.embygateway.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HANDLERS);

    @ArchTest
    static final ArchRule ROUTE_KNOWS_ONLY_THE_PROTOCOL = noClasses()
            .that()
            .resideInAPackage("org.embygateway.route..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.embygateway.upstream..",
                    "org.embygateway.rewrite..",
                    "org.embygateway.auth..",
                    "org.embygateway.config..",
                    "org.embygateway.index..");

    @ArchTest
    static final ArchRule ONLY_THE_EDGE_KNOWS_NETTY = noClasses()
            .that()
            .resideOutsideOfPackage("org.embygateway.edge..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule ONLY_THE_STORE_KNOWS_SQL = noClasses()
            .that()
            .resideOutsideOfPackage("org.embygateway.index..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jdbi..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = classes()
            .that()
            .resideInAPackage("org.embygateway..")
            .and()
            .doNotHaveSimpleName("package-info")
            .should(new PackageIsNullMarked());

    /** In a build that packages, the simulated servers come from a jar. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }
}
