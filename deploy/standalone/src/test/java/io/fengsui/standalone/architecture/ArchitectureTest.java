package io.fengsui.standalone.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.fengsui.standalone.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between modules and packages: what may know what. */
@AnalyzeClasses(packages = "io.fengsui", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** A string that is a topic's name, or the beginning of one. */
    private static final Pattern TOPIC_NAME = Pattern.compile(
            "\"(drill\\.)?((feed|township|city|ref)\\.[a-z-]*(?<!csv)"
                    + "|alert\\.(signal|command|state|account)|rule\\.occurrence\\.[a-z-]*|ledger\\.account|ops\\.(audit|dead-letter-replay|unrouted-replay|reference-change)|ingest\\.(pulse|partial|slot))\"");

    private static final int CODE_LINES = 300;

    @ArchTest
    static final ArchRule onlyTheBridgeAndTheFleetSpeakMqtt = noClasses()
            .that()
            .resideOutsideOfPackages("io.fengsui.ingest.mqtt..", "io.fengsui.seeds.fleet..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.paho..");

    @ArchTest
    static final ArchRule onlyTheConformanceProxyKnowsNetty = noClasses()
            .that()
            .resideOutsideOfPackage("io.fengsui.standalone.conformance.proxy..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule decisionsAreMadeWithoutClients = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.fengsui.ingest.decode..",
                    "io.fengsui.ingest.feed..",
                    "io.fengsui.streams.rule..",
                    "io.fengsui.streams.route..",
                    "io.fengsui.alerting.lifecycle..",
                    "io.fengsui.seeds.fleet.traffic..",
                    "io.fengsui.standalone.conformance.judge..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty..",
                    "org.apache.kafka..",
                    "io.confluent..",
                    "org.eclipse.paho..",
                    "java.net..",
                    "io.javalin..",
                    "com.hivemq..",
                    "io.micrometer..");

    /** As above; only the form in which a device's state is kept is Kafka's. */
    @ArchTest
    static final ArchRule devicesAreJudgedWithoutClients = noClasses()
            .that()
            .resideInAPackage("io.fengsui.streams.device..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka.clients..",
                    "org.apache.kafka.streams..",
                    "io.confluent..",
                    "org.eclipse.paho..",
                    "java.net..",
                    "io.javalin..",
                    "com.hivemq..",
                    "io.micrometer..");

    @ArchTest
    static final ArchRule timeIsAParameter = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callConstructor(Date.class)
            .orShould()
            .callMethodWhere(readsTheClock());

    /** Processes begin in the command line; what it starts gets its clock from there. */
    @ArchTest
    static final ArchRule theClockComesFromTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("io.fengsui.standalone.cli..")
            .should()
            .callMethod(InstantSource.class, "system");

    /** {@code now()} and {@code now(zone)} of every class of java.time, and the clocks that read the machine's. */
    private static DescribedPredicate<JavaMethodCall> readsTheClock() {
        return DescribedPredicate.describe(
                "the target reads the machine's clock", call -> isNow(call) || makesAClock(call));
    }

    private static boolean isNow(JavaMethodCall call) {
        return call.getTargetOwner().getPackageName().startsWith("java.time")
                && call.getName().equals("now")
                && !takesAClock(call);
    }

    private static boolean makesAClock(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(Clock.class)
                && Stream.of("system", "tick").anyMatch(call.getName()::startsWith);
    }

    private static boolean takesAClock(JavaMethodCall call) {
        return call.getTarget().getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    }

    @ArchTest
    static final ArchRule noFeedKnowsAnother =
            slices().matching("io.fengsui.ingest.feed.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule alertingKnowsNoFeedAndNoRule = noClasses()
            .that()
            .resideInAPackage("io.fengsui.alerting..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fengsui.streams..", "io.fengsui.ingest..", "io.fengsui.seeds..", "io.fengsui.standalone..");

    @ArchTest
    static final ArchRule streamsKnowsNoNeighbour = noClasses()
            .that()
            .resideInAPackage("io.fengsui.streams..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fengsui.alerting..", "io.fengsui.ingest..", "io.fengsui.seeds..", "io.fengsui.standalone..");

    @ArchTest
    static final ArchRule ingestKnowsNoNeighbour = noClasses()
            .that()
            .resideInAPackage("io.fengsui.ingest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fengsui.alerting..", "io.fengsui.streams..", "io.fengsui.seeds..", "io.fengsui.standalone..");

    @ArchTest
    static final ArchRule theContractKnowsNobody = noClasses()
            .that()
            .resideInAnyPackage("io.fengsui.schema..", "io.fengsui.platform..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fengsui.alerting..",
                    "io.fengsui.streams..",
                    "io.fengsui.ingest..",
                    "io.fengsui.seeds..",
                    "io.fengsui.standalone..");

    @ArchTest
    static final ArchRule seedsKnowOnlyTheRulesHowAlertsJoinAndTheirDeadlines = noClasses()
            .that()
            .resideInAPackage("io.fengsui.seeds..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "io.fengsui.alerting..", "io.fengsui.ingest..", "io.fengsui.standalone..")
                    .and(not(resideInAnyPackage(
                            "io.fengsui.alerting.incident", "io.fengsui.alerting.duty", "io.fengsui.alerting.yaml"))));

    @ArchTest
    static final ArchRule noStaticFieldChanges = fields().that()
            .haveModifier(STATIC)
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackages(
                    "io.fengsui.event..", "io.fengsui.alert..", "io.fengsui.ops..", "io.fengsui.reference..")
            .should()
            .haveModifier(FINAL);

    @ArchTest
    static final ArchRule noJunkDrawers = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..helper..", "..helpers..")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleName("Constants");

    @Test
    void shouldWriteTopicNamesInOnePlaceOnly() throws IOException {
        assertThat(sources().filter(file -> !file.endsWith("Topics.java")).flatMap(file -> lines(file)
                        .filter(line -> TOPIC_NAME.matcher(line).find())
                        .map(line -> file.getFileName() + ": " + line.strip())))
                .isEmpty();
    }

    @Test
    void shouldDeclareEveryPackageNullMarked() throws IOException {
        List<Path> packages = sources().map(Path::getParent).distinct().toList();

        assertThat(packages).isNotEmpty().allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                .content()
                .contains("@NullMarked")
                .startsWith("/**"));
    }

    @Test
    void shouldKeepClassesReadable() throws IOException {
        assertThat(sources()
                        .filter(file ->
                                lines(file).filter(ArchitectureTest::isCode).count() > CODE_LINES)
                        .map(Path::getFileName))
                .isEmpty();
    }

    private static boolean isCode(String line) {
        String text = line.strip();
        return !text.isEmpty() && !text.startsWith("import ") && !text.startsWith("*") && !text.startsWith("/");
    }

    private static Stream<Path> sources() throws IOException {
        Path root = Home.locate().directory();
        List<Path> found;
        try (Stream<Path> files = Files.walk(root, 20)) {
            found = files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> f.toString().contains("/src/main/java/"))
                    .filter(f -> !root.relativize(f).toString().contains("target/"))
                    .toList();
        }
        return found.stream();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
