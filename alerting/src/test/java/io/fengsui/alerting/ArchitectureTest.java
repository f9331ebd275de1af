package io.fengsui.alerting;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.fengsui.schema.feed.Feeds;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;

@AnalyzeClasses(packages = "io.fengsui.alerting", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule lifecycleIsPure = noClasses()
            .that()
            .resideInAPackage("..alerting.lifecycle..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..", "io.javalin..", "java.net..", "io.micrometer..", "java.io..", "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(InstantSource.class)
            .because("time is a parameter, and the lifecycle is tested without clients");

    @ArchTest
    static final ArchRule incidentsArePure = noClasses()
            .that()
            .resideInAnyPackage("..alerting.incident..", "..alerting.duty..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.javalin..", "java.net..", "io.micrometer..", "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(InstantSource.class)
            .because("time is a parameter, and what belongs together is tested without clients");

    @ArchTest
    static final ArchRule onlyTheTopologyKnowsStreams = noClasses()
            .that()
            .resideOutsideOfPackages("..alerting.topology..", "io.fengsui.alerting")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule notifiersKnowNoKafka = noClasses()
            .that()
            .resideInAPackage("..alerting.notify..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "..alerting.console..", "..alerting.topology..");

    @ArchTest
    static final ArchRule noFeedsRecordIsKnown = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    Feeds.all().stream().map(feed -> feed.type().getName()).collect(Collectors.joining("|")))
            .because("alerting knows no feed and no rule");

    @ArchTest
    static final ArchRule timeIsAParameter = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC");
}
