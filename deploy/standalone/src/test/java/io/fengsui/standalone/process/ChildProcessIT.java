package io.fengsui.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fengsui.platform.StartException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    @Test
    void shouldEndTheProgramWhenClosed() {
        ChildProcess child = sleeping("a");
        child.start();
        ProcessHandle program = program(child);

        child.close();

        await().atMost(SOON).until(() -> !program.isAlive());
        assertThat(child.isAlive()).isFalse();
        assertThat(pidFile("a")).doesNotExist();
    }

    @Test
    void shouldEndTheProgramWhenTheParentIsKilled() throws IOException {
        Process parent = new ProcessBuilder(
                        ChildProcess.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("parent.log").toFile())
                .start();
        ChildProcess same = sleeping("b");
        ProcessHandle program = program(same);

        parent.destroyForcibly();

        await().atMost(SOON).until(() -> !program.isAlive());
    }

    @Test
    void shouldEndAFormerProgramOfTheSamePidFile() {
        ChildProcess former = sleeping("c");
        former.start();
        ProcessHandle program = program(former);
        ChildProcess next = sleeping("c");

        next.start();

        assertThat(program.isAlive()).isFalse();
        assertThat(program(next).isAlive()).isTrue();
        next.close();
        former.close();
    }

    @Test
    void shouldLeaveAStrangerAloneWhenItHasTheFormerProcessId() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        Files.writeString(pidFile("d"), Long.toString(stranger.pid()));

        sleeping("d").endFormer();

        assertThat(stranger.isAlive()).isTrue();
        stranger.destroyForcibly();
    }

    @Test
    void shouldNameTheLogWhenTheProgramEndsAtStart() {
        ChildProcess child = new ChildProcess(
                "The program", List.of("sh", "-c", "exit 3"), directory.resolve("e.log"), pidFile("e"));
        child.start();

        assertThatThrownBy(() -> child.awaitOk(URI.create("http://127.0.0.1:1/"), SOON))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("The program ended at start")
                .hasMessageContaining(directory.resolve("e.log").toString());
    }

    private ChildProcess sleeping(String name) {
        return sleeping(directory, name);
    }

    private static ChildProcess sleeping(Path directory, String name) {
        return new ChildProcess(
                "The sleeper",
                List.of("tail", "-F", directory.resolve(name).toString()),
                directory.resolve(name + ".log"),
                directory.resolve(name + ".pid"));
    }

    private Path pidFile(String name) {
        return directory.resolve(name + ".pid");
    }

    private static ProcessHandle program(ChildProcess child) {
        await().atMost(SOON).until(() -> child.program().isPresent());
        return child.program().orElseThrow();
    }

    /** Starts the sleeper b and waits to be killed. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws InterruptedException {
            sleeping(Path.of(arguments[0]), "b").start();
            Thread.currentThread().join();
        }
    }
}
