package io.fengsui.alerting.testkit;

import io.fengsui.alerting.duty.DutyFile;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.yaml.YamlFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Duty plans for tests. */
public final class Plans {
    /** A few lines with one of each. */
    public static final String YAML = """
            cityCommand: command
            escalation:
              - {severities: [I], departmentMinutes: 3, cityMinutes: 8, departments: [police]}
              - {severities: [II], departmentMinutes: 10, cityMinutes: 30}
              - {severities: [III], cityMinutes: 60}
            flapping:
              - {times: 3, minutes: 10, quietMinutes: 5}
            reports:
              - id: phone
                title: {zh: 电话首报, en: First report by telephone}
                by: telephone
                stage: first
                to: {zh: 市应急办, en: City emergency office}
                severities: [I, II, III]
                from: receipt
                minutes: 30
                source: a test
              - id: written
                title: {zh: 书面首报, en: First written report}
                by: written
                stage: first
                to: {zh: 市应急办, en: City emergency office}
                severities: [I, II, III]
                from: occurrence
                minutes: 60
                source: a test
              - id: follow-up
                title: {zh: 续报, en: Follow-up report}
                by: written
                stage: follow-up
                to: {zh: 市应急办, en: City emergency office}
                severities: [I, II]
                from: written
                minutes: 120
                repeats: true
                source: a test
            revisions:
              days: 30
              figures:
                - {id: deaths, name: {zh: 死亡人数, en: Deaths}}
            """;

    private Plans() {}

    public static DutyPlan plan() {
        return of(YAML);
    }

    public static DutyPlan of(String yaml) {
        try {
            return DutyFile.compile("duty.yaml", yaml, rule -> true, department -> true);
        } catch (YamlFileException e) {
            throw new AssertionError(e);
        }
    }

    /** What Kunshan's seeds have. */
    public static DutyPlan shipped() {
        try {
            return of(Files.readString(Path.of("..", "seeds", "data", "kunshan", "duty.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
