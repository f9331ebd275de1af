package io.fengsui.alerting.duty;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alerting.duty.DutyPlan.Start;
import io.fengsui.alerting.duty.DutyPlan.Way;
import io.fengsui.alerting.testkit.Plans;
import io.fengsui.alerting.yaml.YamlFileException;
import io.fengsui.event.Severity;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DutyFileTest {

    @Test
    void shouldReadWhatTheFileSays() {
        DutyPlan plan = Plans.plan();

        assertThat(plan.cityCommand()).contains("command");
        assertThat(plan.escalations().get(0).toDepartment()).contains(Duration.ofMinutes(3));
        assertThat(plan.escalations().get(0).which().severities()).containsExactly(Severity.I);
        assertThat(plan.escalations().get(2).toDepartment()).isEmpty();
        assertThat(plan.flappings().get(0).times()).isEqualTo(3);
        assertThat(plan.report("phone").orElseThrow().by()).isEqualTo(Way.TELEPHONE);
        assertThat(plan.report("follow-up").orElseThrow().from()).isEqualTo(Start.REPORT);
        assertThat(plan.report("follow-up").orElseThrow().after()).isEqualTo(Optional.of("written"));
        assertThat(plan.report("follow-up").orElseThrow().repeats()).isTrue();
        assertThat(plan.revisions().figures().get(0).id()).isEqualTo("deaths");
        assertThat(plan.version()).matches("[0-9a-f]{12}");
    }

    @Test
    void shouldTakeAnEmptySectionForNone() {
        assertThat(Plans.of("revisions: {days: 7}").revisions().within()).isEqualTo(Duration.ofDays(7));
        assertThat(Plans.of("revisions: {days: 7}").escalations()).isEmpty();
    }

    @Test
    void shouldNamePlaceAndRemedyOfEverythingThatIsWrong() {
        assertThat(problems("""
                        cityCommand: nowhere
                        escalation:
                          - {severities: [V], departmentMinutes: 10, cityMinutes: 10}
                          - {severities: [I]}
                          - {rules: [no-such-rule], feeds: [video], lifeSafety: perhaps, cityMinutes: soon}
                        flapping:
                          - {times: 2, minutes: 10, quietMinutes: 10, often: 3}
                        reports:
                          - id: A!
                            title: {zh: 首报, en: First}
                            by: pigeon
                            stage: first
                            to: {zh: 市, en: City}
                            from: later
                            minutes: 30
                        revisions: {days: 0}
                        """))
                .containsExactly(
                        "duty.yaml:1:14: cityCommand: found 'nowhere', expected a unit of kind DEPARTMENT in units.csv",
                        "duty.yaml:3:19: severities: found 'V', expected one of I, II, III, IV",
                        "duty.yaml:3:59: cityMinutes: expected more than departmentMinutes",
                        "duty.yaml:4:5: expected departmentMinutes, cityMinutes or both",
                        "duty.yaml:5:14: rules: found 'no-such-rule', expected a rule of rules/*.yaml or a pattern of"
                                + " incidents.yaml",
                        "duty.yaml:5:37: feeds: found 'video', expected " + feeds(),
                        "duty.yaml:5:57: lifeSafety: found 'perhaps', expected true or false",
                        "duty.yaml:5:79: cityMinutes: found 'soon', expected a whole number of 1 to 43200",
                        "duty.yaml:7:13: times: found '2', expected a whole number of 3 to 20",
                        "duty.yaml:7:47: no such key 'often'; expected one of severities, rules, feeds, lifeSafety, times,"
                                + " minutes, quietMinutes, source",
                        "duty.yaml:9:5: 'source' is missing",
                        "duty.yaml:9:9: id: found 'A!', expected small letters, digits and '-'",
                        "duty.yaml:11:9: by: found 'pigeon', expected one of telephone, written",
                        "duty.yaml:14:11: from: found 'later', expected occurrence, receipt or the id of a report above",
                        "duty.yaml:16:19: days: found '0', expected a whole number of 1 to 366");
    }

    @Test
    void shouldWantToKnowWhoseTheCityIs() {
        assertThat(problems("escalation:\n  - {cityMinutes: 5}\n"))
                .singleElement()
                .asString()
                .startsWith("duty.yaml:2:19: cityMinutes: expected cityCommand");
    }

    @Test
    void shouldRefuseWhatIsThereTwice() {
        assertThat(problems(Plans.YAML.replace("id: written", "id: phone").replace("from: written", "from: phone")))
                .singleElement()
                .asString()
                .contains("id 'phone' is there twice");
    }

    private static String feeds() {
        return Feeds.all().stream().map(Feed::id).collect(Collectors.joining(", "));
    }

    private static List<String> problems(String yaml) {
        try {
            DutyFile.compile("duty.yaml", yaml, rule -> rule.equals("dust-spark"), unit -> List.of(
                            "police", "command", "work-safety")
                    .contains(unit));
            return List.of();
        } catch (YamlFileException e) {
            return e.problems();
        }
    }
}
