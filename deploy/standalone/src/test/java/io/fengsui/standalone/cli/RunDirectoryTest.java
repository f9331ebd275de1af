package io.fengsui.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    @Test
    void shouldGoWithTheRunAndAllThatIsInIt() throws IOException {
        RunDirectory directory = RunDirectory.of(null, "test");
        Files.createDirectories(directory.path().resolve("kafka/topic-0"));
        Files.writeString(directory.path().resolve("kafka/topic-0/log"), "x");

        directory.close();
        directory.close();

        assertThat(directory.path()).doesNotExist();
    }

    @Test
    void shouldStayWhenItIsToBeLookedAt() throws IOException {
        RunDirectory directory = RunDirectory.of(null, "test");

        directory.keep();
        directory.close();

        assertThat(directory.path()).isEmptyDirectory();
        Files.delete(directory.path());
    }

    @Test
    void shouldStayWhenPeopleNamedIt(@TempDir Path parent) throws IOException {
        RunDirectory directory = RunDirectory.of(parent.resolve("mine"), "test");

        directory.close();

        assertThat(parent.resolve("mine")).isEmptyDirectory();
    }
}
