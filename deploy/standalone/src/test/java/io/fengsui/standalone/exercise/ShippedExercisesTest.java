package io.fengsui.standalone.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventStatus;
import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.decode.Report;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.scenario.ExerciseScript;
import io.fengsui.seeds.scenario.ExerciseScript.Step;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.letters.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shipped as an exercise can be played: devices, rules and messages are those of the sample city. */
class ShippedExercisesTest {
    private static final SeedSet SEEDS = SeedSet.load(Home.locate().seeds());
    private static final Instant NOW = Instant.parse("2026-11-26T01:00:00Z");

    static Stream<ExerciseScript> scripts() throws IOException {
        try (Stream<Path> files = Files.list(Home.locate().seeds().resolve("exercises"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).map(ExerciseScript::load).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shouldSayWhatTheDecodersTakeWhole(ExerciseScript script) throws IOException {
        for (Step step : Stream.concat(script.steps().stream(), script.closing().stream())
                .toList()) {
            Device device = Objects.requireNonNull(SEEDS.devices().get(step.device()), step.device());
            Feed<?> feed = Feeds.byId(device.getFeed()).orElseThrow();
            assertThat(headers(feed, device, step))
                    .as(script.name() + " " + step)
                    .allSatisfy(header -> {
                        assertThat(header.getStatus()).isEqualTo(EventStatus.EXERCISE);
                        assertThat(header.getSource().getUnknownFields()).isZero();
                    });
        }
    }

    private static <T extends SpecificRecord> List<EventHeader> headers(Feed<T> feed, Device device, Step step)
            throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>(step.message());
        fields.put("messageId", "1");
        fields.put("time", NOW.toEpochMilli());
        fields.put("status", "EXERCISE");
        fields.put("exercise", "演练");
        Report report = new Report(
                feed,
                device.getVendor(),
                device.getDeviceId(),
                device.getType(),
                "fengsui/v1/" + device.getVendor() + "/" + feed.id() + "/" + device.getDeviceId(),
                null,
                false,
                NOW,
                "bridge",
                new Body(new ObjectMapper().writeValueAsBytes(fields)));
        return Decoders.standard(vendor -> Optional.empty()).decode(feed, null, report).stream()
                .map(feed::header)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shouldBeAnnouncedWithDevicesRulesAndReadersThatThereAre(ExerciseScript script) {
        List<String> zh = new ArrayList<>();
        List<String> en = new ArrayList<>();
        ExercisePlan plan = ExercisePlan.of(script, "演练一", 1, ExercisePlan.lasts(script, 1));

        new Announcement(Language.ZH, SEEDS, zh::add).check(script);
        new Announcement(Language.ZH, SEEDS, zh::add).of(plan, NOW);
        new Announcement(Language.EN, SEEDS, en::add).of(plan, NOW);

        assertThat(zh).anyMatch(line -> line.startsWith("将收到") && line.contains("、"));
        assertThat(en).anyMatch(line -> line.startsWith("Will see it") && line.contains(", "));
        assertThat(en).anyMatch(line -> line.startsWith("Lasts: "));
        assertThat(plan.lasts()).isEqualTo(script.lasts());
    }

    @Test
    void shouldPlayFasterAndLeaveTheTimeToReact() throws IOException {
        ExerciseScript script = scripts()
                .filter(one -> one.name().equals("dust-explosion"))
                .findFirst()
                .orElseThrow();

        assertThat(ExercisePlan.lasts(script, 10))
                .isEqualTo(Duration.ofMinutes(2).plus(Duration.ofMinutes(10)));
        assertThat(ExercisePlan.of(script, "x", 10, Duration.ofMinutes(5))
                        .cues()
                        .get(1)
                        .at())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void shouldNameWhatTheReferenceDataHasNot() throws IOException {
        ExerciseScript script = scripts().findFirst().orElseThrow();
        ExerciseScript wrong = new ExerciseScript(
                script.name(),
                script.title(),
                script.about(),
                script.participants(),
                script.lasts(),
                List.of(new Step(Duration.ZERO, "nowhere", Map.of(), script.title())),
                List.of(),
                script.reactions().stream()
                        .map(one -> new ExerciseScript.Reaction(
                                one.words(), "no-such-rule", one.subject(), one.deed(), one.report(), one.within()))
                        .toList());

        assertThatThrownBy(() -> new Announcement(Language.EN, SEEDS, line -> {}).check(wrong))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("no device nowhere, no rule no-such-rule");
    }
}
