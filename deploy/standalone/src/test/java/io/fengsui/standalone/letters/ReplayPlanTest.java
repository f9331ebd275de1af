package io.fengsui.standalone.letters;

import static io.fengsui.standalone.letters.SampleLetters.dust;
import static io.fengsui.standalone.letters.SampleLetters.replayed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.fengsui.ingest.Readmission;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.ReplayOutcome;
import io.fengsui.reference.Device;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.letters.ReplayPlan.Duplicate;
import io.fengsui.standalone.letters.ReplayPlan.Refuse;
import io.fengsui.standalone.letters.ReplayPlan.Skip;
import io.fengsui.standalone.letters.ReplayPlan.Step;
import io.fengsui.standalone.letters.ReplayPlan.Take;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayPlanTest {
    private final ReplayHistory history = new ReplayHistory();
    private final Map<String, Device> devices = new HashMap<>(Map.of(
            "d-1",
            Device.newBuilder()
                    .setDeviceId("d-1")
                    .setVendor("acme")
                    .setFeed("dust-sensor")
                    .setType("other")
                    .setName("Sample")
                    .build()));

    @Test
    void shouldTakeLettersInTheOrderOfTheirArrivalAndEachOnce() {
        List<Step> steps = plan(false, dust(5, "m-5"), dust(2, "m-2"), dust(9, "m-9"), dust(2, "m-2"));

        assertThat(steps).extracting(step -> step.letter().address().offset()).containsExactly(2L, 5L, 9L);
        assertThat(steps).allMatch(Take.class::isInstance);
        assertThat(ReplayReport.allDone(steps)).isTrue();
    }

    @Test
    void shouldLeaveOutALetterThatWasReplayedBeforeUnlessAskedAgain() {
        Letter letter = dust(2, "m-2");
        history.add(replayed(letter, ReplayOutcome.ACCEPTED, "acme/d-1/m-2"));

        assertThat(plan(false, letter)).singleElement().isInstanceOf(Skip.class);
        assertThat(ReplayReport.allDone(plan(false, letter))).isFalse();
        assertThat(plan(true, letter)).singleElement().isInstanceOf(Take.class);
    }

    @Test
    void shouldTakeALetterThatWasRefusedBefore() {
        Letter letter = dust(2, "m-2");
        history.add(replayed(letter, ReplayOutcome.REFUSED));

        assertThat(plan(false, letter)).singleElement().isInstanceOf(Take.class);
    }

    @Test
    void shouldTakeAMessageOnceThatMadeTwoLetters() {
        List<Step> steps = plan(false, dust(2, "m-2"), dust(3, "m-2"));

        assertThat(steps.get(0)).isInstanceOf(Take.class);
        assertThat(steps.get(1)).isInstanceOfSatisfying(Duplicate.class, duplicate -> assertThat(duplicate.of())
                .isEqualTo("feed.dead-letter/0/2"));
        assertThat(ReplayReport.allDone(steps)).isTrue();
    }

    @Test
    void shouldTakeAMessageOnceThoughItsOtherLetterWasReplayedLongAgo() {
        history.add(replayed(dust(2, "m-2"), ReplayOutcome.ACCEPTED, "acme/d-1/m-2"));

        assertThat(plan(false, dust(3, "m-2"))).singleElement().isInstanceOf(Duplicate.class);
    }

    @Test
    void shouldSayWhatIsRefusedAgainAndWhy() {
        devices.clear();

        List<Step> steps = plan(false, dust(2, "m-2"));

        assertThat(steps).singleElement().isInstanceOf(Refuse.class);
        assertThat(new ReplayReport(Language.ZH).line(steps.get(0)))
                .startsWith("feed.dead-letter/0/2  再次拒收 UNKNOWN_DEVICE  设备未登记");
        assertThat(new ReplayReport(Language.EN).counts(steps, true))
                .isEqualTo("1 letter: 0 accepted (events: 0), 0 duplicates, 1 refused again, 0 replayed before;"
                        + " nothing was written");
    }

    @Test
    void shouldWarnOfAMessageThatRulesCannotTellFromOneOfNow() {
        devices.put(
                "gw-1",
                Device.newBuilder(devices.get("d-1"))
                        .setDeviceId("gw-1")
                        .setFeed("gateway")
                        .build());
        DeadLetter will = SampleLetters.content("gateway", "acme", "gw-1")
                .setPayload(ByteBuffer.wrap("{\"state\":\"DOWN\"}".getBytes(UTF_8)))
                .build();

        List<Step> steps = plan(false, new Letter(new Address(Topics.DEAD_LETTER, 0, 1), will), dust(9, "m-9"));

        assertThat(new ReplayReport(Language.EN).line(steps.get(0))).endsWith("rules take it for a report of now");
        assertThat(new ReplayReport(Language.EN).line(steps.get(1))).endsWith("accepted as event acme/d-1/m-9");
    }

    private List<Step> plan(boolean again, Letter... letters) {
        Readmission readmission = new Readmission(devices, Decoders.standard(), new MockSchemaRegistryClient());
        return new ReplayPlan(readmission, history, again).of(List.of(letters));
    }
}
