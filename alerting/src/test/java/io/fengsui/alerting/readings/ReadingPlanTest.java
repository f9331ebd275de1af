package io.fengsui.alerting.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.readings.ReadingPlan.Limit;
import io.fengsui.alerting.rulebook.RuleSheet;
import io.fengsui.alerting.rulebook.RuleSheets;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import io.fengsui.reference.RuleFile;
import io.fengsui.schema.feed.FeedField;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingPlanTest {
    private static final Instant RAISED = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private final RuleSheet dust = shipped("dust-sensor");

    @Test
    void shouldTakeTheReadingThatTheRuleComparedAndWhatItComparedItWith() {
        ReadingPlan plan = plan(alert("dust-hopper-temperature", "dust-sensor")
                        .setValues(Map.of(
                                "hopperTemperatureCelsius", "74.5",
                                "fanRunning", "true",
                                "param.hopperAlarmCelsius", "72.5",
                                "param.hopperWarnCelsius", "60"))
                        .build())
                .orElseThrow();

        assertThat(plan.query().fields()).containsExactly("hopperTemperatureCelsius");
        assertThat(plan.limits().get("hopperTemperatureCelsius"))
                .containsExactly(new Limit("hopperAlarmCelsius", 72.5), new Limit("hopperWarnCelsius", 60));
        assertThat(plan.query().topics())
                .extracting(Topic::name)
                .containsExactly("township.zhangpu.dust-sensor", "city.work-safety.dust-sensor");
    }

    @Test
    void shouldDrawALimitOnBothSidesAndNeverARiseAsALevel() {
        ReadingPlan pressure = plan(alert("dust-pressure", "dust-sensor")
                        .setValues(Map.of("differentialPressurePascals", "-1600", "param.pressureWarnPascals", "1500"))
                        .build())
                .orElseThrow();
        assertThat(pressure.limits().get("differentialPressurePascals"))
                .containsExactly(new Limit("pressureWarnPascals", 1500), new Limit("pressureWarnPascals", -1500));

        ReadingPlan rise = plan(alert("dust-hopper-rising", "dust-sensor")
                        .setValues(Map.of("rise", "12", "fanRunning", "true", "param.hopperRiseWarnCelsius", "10"))
                        .build())
                .orElseThrow();
        assertThat(rise.query().fields()).containsExactly("hopperTemperatureCelsius");
        assertThat(rise.limits()).doesNotContainKey("hopperTemperatureCelsius");
    }

    @Test
    void shouldLookFromHalfAnHourBeforeToNowAndNoLongerThanSixHours() {
        Alert alert = hot().build();
        assertThat(plan(alert, RAISED.plusSeconds(61)).orElseThrow().query())
                .satisfies(query -> assertThat(query.from()).isEqualTo(RAISED.minus(HALF_AN_HOUR)))
                .satisfies(query -> assertThat(query.to()).isEqualTo(RAISED.plusSeconds(60)));
        assertThat(plan(alert, RAISED.plusSeconds(79)).orElseThrow().query())
                .as("browsers that look in the same 20 s ask the same")
                .isEqualTo(plan(alert, RAISED.plusSeconds(61)).orElseThrow().query());
        assertThat(plan(alert, RAISED.plus(Duration.ofDays(3)))
                        .orElseThrow()
                        .query()
                        .to())
                .isEqualTo(RAISED.minus(HALF_AN_HOUR).plus(Duration.ofHours(6)));
        Alert ended = Alert.newBuilder(alert)
                .setState(AlertState.RESOLVED)
                .setEndedAt(RAISED.plusSeconds(600))
                .build();
        assertThat(plan(ended, RAISED.plus(Duration.ofDays(3)))
                        .orElseThrow()
                        .query()
                        .to())
                .isEqualTo(RAISED.plusSeconds(600).plus(HALF_AN_HOUR));
    }

    @Test
    void shouldReadAnExercisesOwnTopics() {
        assertThat(ReadingPlan.of(Realm.DRILL, hot().build(), Optional.of(dust), RAISED)
                        .orElseThrow()
                        .query()
                        .topics())
                .allSatisfy(topic -> assertThat(topic.name()).startsWith("drill."));
    }

    /** Their events are cases, most of them of people. */
    @ParameterizedTest
    @ValueSource(strings = {"police-110", "medical-120", "grid-report", "elevator-119", "beidou-report"})
    void shouldDrawNothingOfAFeedOfCases(String feed) {
        Alert.Builder alert = alert("any", feed);
        alert.setValues(Feeds.byId(feed).orElseThrow().fields().stream()
                .collect(Collectors.toMap(FeedField::name, field -> "1")));
        assertThat(plan(alert.build())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = SubjectKind.class,
            names = {"DEVICE"},
            mode = EnumSource.Mode.EXCLUDE)
    void shouldDrawNothingOfWhatIsNoDevice(SubjectKind kind) {
        AlertSubject device = hot().build().getSubject();
        AlertSubject other = AlertSubject.newBuilder(device).setKind(kind).build();
        assertThat(plan(hot().setSubject(other).build())).isEmpty();
    }

    @Test
    void shouldDoWithoutPublishedRulesAndBearStrangeValues() {
        Alert strange = hot().setValues(Map.of(
                        "hopperTemperatureCelsius", "<script>",
                        "param.hopperAlarmCelsius", "NaN",
                        "param.hopperWarnCelsius", "x",
                        "header", "1",
                        "noField", "2"))
                .build();
        assertThat(plan(strange).orElseThrow().limits().get("hopperTemperatureCelsius"))
                .isEmpty();
        assertThat(ReadingPlan.of(Realm.LIVE, strange, Optional.empty(), RAISED)
                        .orElseThrow()
                        .limits())
                .isEmpty();
        assertThat(plan(alert("dust-silent", "dust-sensor").build())).isEmpty();
        assertThat(plan(alert("x", "feed-of-another-version")
                        .setValues(Map.of("a", "1"))
                        .build()))
                .isEmpty();
    }

    private Optional<ReadingPlan> plan(Alert alert) {
        return plan(alert, RAISED.plusSeconds(60));
    }

    private Optional<ReadingPlan> plan(Alert alert, Instant now) {
        return ReadingPlan.of(Realm.LIVE, alert, Optional.of(dust), now);
    }

    private static Alert.Builder hot() {
        return alert("dust-hopper-temperature", "dust-sensor")
                .setValues(Map.of("hopperTemperatureCelsius", "74.5", "param.hopperAlarmCelsius", "70"));
    }

    private static Alert.Builder alert(String rule, String feed) {
        AlertText none = new AlertText("", "");
        return Alert.newBuilder()
                .setAlertId(rule + "@dust-1")
                .setRevision(1)
                .setState(AlertState.FIRING)
                .setSeverity(Severity.II)
                .setRuleId(rule)
                .setRuleVersion("v")
                .setFeed(feed)
                .setSubject(AlertSubject.newBuilder()
                        .setKind(SubjectKind.DEVICE)
                        .setId("dust-1")
                        .setName("dust-1")
                        .setUnitIds(List.of("zhangpu"))
                        .setDepartmentIds(List.of("work-safety"))
                        .build())
                .setTitle(none)
                .setExplanation(none)
                .setRunbook(none)
                .setStatus(EventStatus.ACTUAL)
                .setStartedAt(RAISED)
                .setEventTime(RAISED)
                .setChangedAt(RAISED)
                .setHistory(List.of());
    }

    private static RuleSheet shipped(String feed) {
        try {
            String yaml = Files.readString(Path.of("..", "seeds", "data", "kunshan", "rules", feed + ".yaml"));
            return RuleSheets.read(new RuleFile(feed, feed + ".yaml", "v", yaml, null), RAISED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
