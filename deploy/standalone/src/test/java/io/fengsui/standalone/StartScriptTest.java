package io.fengsui.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script ./fengsui with a Maven and a Java that only say what they were asked. */
class StartScriptTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path home;

    private Path source;

    @BeforeEach
    void checkout() throws IOException {
        Files.copy(Home.locate().directory().resolve("fengsui"), home.resolve("fengsui"));
        executable("fengsui", Files.readString(home.resolve("fengsui")));
        for (String file : new String[] {
            "pom.xml",
            "schemas/pom.xml",
            "schemas/registry-client/pom.xml",
            "deploy/standalone/pom.xml",
            "schemas/src/main/java/A.java",
            "deploy/standalone/src/main/java/B.java"
        }) {
            Path path = home.resolve(file);
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, "");
            Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH));
        }
        source = home.resolve("schemas/src/main/java/A.java");
        executable("jdk/bin/java", """
                #!/bin/sh
                if [ "$1" = -version ]; then echo 'openjdk version "17.0.9"' >&2; else echo "java $*"; fi
                """);
        executable("jdk/bin/javac", "#!/bin/sh\n");
        maven("sleep 1");
    }

    @Test
    void shouldBuildOnceWhenTwoStartTogether() throws Exception {
        maven("sleep 3");

        Process one = start("help");
        Process two = start("help");
        String said = finish(one) + finish(two);

        assertThat(home.resolve("builds")).content().isEqualTo("build\n");
        assertThat(said).containsOnlyOnce("Waiting: another build is running").containsOnlyOnce("Building");
    }

    @Test
    void shouldBuildAgainWhenASourceWasSavedDuringTheBuild() throws Exception {
        maven("sleep 1; touch '" + source + "'; sleep 1");
        finish(start("help"));
        maven("sleep 1");

        finish(start("help"));
        finish(start("help"));

        assertThat(home.resolve("builds")).content().isEqualTo("build\nbuild\n");
    }

    @Test
    void shouldEndMavenWhenItIsToldToEnd() throws Exception {
        Path begun = home.resolve("begun");
        Path ended = home.resolve("ended");
        maven("trap \": >'" + ended + "'; exit 143\" TERM; sleep 600 & : >'" + begun + "'; wait");
        for (String signal : new String[] {"INT", "TERM", "HUP"}) {
            Files.deleteIfExists(begun);
            Files.deleteIfExists(ended);
            Process script = start("help");
            await().atMost(SOON).until(() -> Files.exists(begun));

            new ProcessBuilder("kill", "-" + signal, Long.toString(script.pid()))
                    .start()
                    .waitFor();

            assertThat(finish(script)).as(signal).contains("The build was broken off");
            assertThat(script.exitValue()).as(signal).isGreaterThan(128);
            await().atMost(SOON).until(() -> Files.exists(ended));
        }
        assertThat(home.resolve("deploy/standalone/target/built-by-fengsui")).doesNotExist();
    }

    @Test
    void shouldSayWhereTheLogIsWhenTheBuildFails() throws Exception {
        maven("echo '[ERROR] no such symbol'; exit 1");

        Process script = start("help");

        assertThat(finish(script))
                .contains("[ERROR] no such symbol", "build.log")
                .doesNotContain("java ");
        assertThat(script.exitValue()).isEqualTo(1);
    }

    @Test
    void shouldPutTheCallersFlagsBehindItsOwn() throws Exception {
        for (String command : new String[] {"up", "bench", "tail"}) {
            ProcessBuilder script = script(command);
            script.environment().put("FENGSUI_JAVA_OPTS", "-Xmx900m -Dmine=1");

            assertThat(finish(script.start()))
                    .containsPattern("java .*-Xmx(1g|512m|256m) .*-Xmx900m -Dmine=1 -cp .*fengsui.jar "
                            + "io.fengsui.standalone.cli.Main " + command + "\n");
        }
    }

    /** Makes a Maven that notes each build and makes the jar. */
    private void maven(String work) throws IOException {
        executable(
                "bin/mvn",
                "#!/bin/sh\necho build >>'" + home.resolve("builds") + "'\n" + work + "\n: >'"
                        + home.resolve("deploy/standalone/target/fengsui.jar") + "'\n");
    }

    private void executable(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process start(String command) throws IOException {
        return script(command).start();
    }

    private ProcessBuilder script(String command) {
        // A shell that was started with Ctrl-C ignored, as in the background of another, cannot trap it.
        ProcessBuilder builder = new ProcessBuilder(
                        "env", "--default-signal", home.resolve("fengsui").toString(), command)
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        builder.environment().put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().remove("FENGSUI_BUILD");
        builder.environment().remove("FENGSUI_JAVA_OPTS");
        return builder;
    }

    private static String finish(Process script) throws Exception {
        String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
