package io.fengsui.standalone.letters;

import static io.fengsui.standalone.letters.SampleLetters.ARRIVED;
import static io.fengsui.standalone.letters.SampleLetters.dust;
import static io.fengsui.standalone.letters.SampleLetters.replayed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.fengsui.event.CollectorKind;
import io.fengsui.event.DustSensor;
import io.fengsui.event.EventStatus;
import io.fengsui.ingest.Readmission;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.decode.Decoders.Entry;
import io.fengsui.ingest.decode.Envelope;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.ReplayOutcome;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.letters.EventSearch.Finding;
import io.fengsui.standalone.letters.ReplayPlan.Duplicate;
import io.fengsui.standalone.letters.ReplayPlan.Refuse;
import io.fengsui.standalone.letters.ReplayPlan.Settle;
import io.fengsui.standalone.letters.ReplayPlan.Skip;
import io.fengsui.standalone.letters.ReplayPlan.Step;
import io.fengsui.standalone.letters.ReplayPlan.Take;
import io.fengsui.standalone.letters.ReplayPlan.Unknown;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplayPlanTest {
    private static final String ADDRESS = "feed.dead-letter/0/2";

    private final ReplayHistory history = new ReplayHistory();
    private final Map<String, Finding> findings = new HashMap<>();
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
    void shouldTakeALetterWhoseReplayWasBrokenOffBeforeItsEventWasWritten() {
        history.add(replayed(dust(2, "m-2"), ReplayOutcome.SENDING, "acme/d-1/m-2"));

        assertThat(plan(false, dust(2, "m-2"))).singleElement().isInstanceOfSatisfying(Take.class, take -> assertThat(
                        take.unsent().eventIds())
                .containsExactly("acme/d-1/m-2"));
    }

    @Test
    void shouldOnlySettleALetterWhoseReplayWasBrokenOffBehindItsEvent() {
        history.add(replayed(dust(2, "m-2"), ReplayOutcome.SENDING, "acme/d-1/m-2"));
        findings.put("acme/d-1/m-2", Finding.WRITTEN);

        for (boolean again : new boolean[] {false, true}) {
            List<Step> steps = plan(again, dust(2, "m-2"), dust(3, "m-2"));
            assertThat(steps.get(0)).isInstanceOf(Settle.class);
            assertThat(steps.get(1)).isInstanceOfSatisfying(Duplicate.class, duplicate -> assertThat(duplicate.of())
                    .isEqualTo(ADDRESS));
            assertThat(ReplayReport.allDone(steps)).isTrue();
            assertThat(new ReplayReport(Language.EN).line(steps.get(0)))
                    .isEqualTo(
                            ADDRESS + "  was written by the replay of 2026-03-02 16:00:00 before that was broken off;"
                                    + " noted as accepted as event acme/d-1/m-2");
            assertThat(new ReplayReport(Language.ZH).counts(steps, false))
                    .isEqualTo("2 封死信：接收 0（事件 0），重复 1，再次拒收 0，此前已重放 0，查明已写入 1");
        }
    }

    @Test
    void shouldSendOnlyTheRestIfAReplayWasBrokenOffBetweenTheEventsOfAMessage() {
        history.add(replayed(dust(2, "m-2"), ReplayOutcome.SENDING, "acme/d-1/m-2#1", "acme/d-1/m-2#2"));
        findings.put("acme/d-1/m-2#1", Finding.WRITTEN);

        List<Step> steps = plan(new Decoders(List.of(), List.of(twoParts())), false, dust(2, "m-2"));

        assertThat(steps).singleElement().isInstanceOfSatisfying(Take.class, take -> {
            assertThat(take.accepted().eventIds()).containsExactly("acme/d-1/m-2#1", "acme/d-1/m-2#2");
            assertThat(take.unsent().eventIds()).containsExactly("acme/d-1/m-2#2");
        });
        assertThat(new ReplayReport(Language.EN).counts(steps, false)).contains("1 accepted (events: 1)");
    }

    private static Entry<DustSensor> twoParts() {
        return new Entry<>(Feeds.DUST_SENSOR, PayloadFormat.JSON, report -> Stream.of("1", "2")
                .map(part -> DustSensor.newBuilder()
                        .setCollector(CollectorKind.UNKNOWN)
                        .setHeader(report.header(
                                new Envelope(PayloadFormat.JSON, "m-2", ARRIVED, EventStatus.ACTUAL, null, part, 0)))
                        .build())
                .toList());
    }

    @Test
    void shouldLeaveALetterAloneIfWhatItsReplayHadWrittenIsDeletedUnlessAskedAgain() {
        history.add(replayed(dust(2, "m-2"), ReplayOutcome.SENDING, "acme/d-1/m-2"));
        findings.put("acme/d-1/m-2", Finding.DELETED);

        List<Step> steps = plan(false, dust(2, "m-2"), dust(3, "m-2"));

        assertThat(steps).hasSize(2).allMatch(Unknown.class::isInstance);
        assertThat(ReplayReport.allDone(steps)).isFalse();
        assertThat(new ReplayReport(Language.EN).line(steps.get(0)))
                .contains("the replay of 2026-03-02 16:00:00 by li was broken off", "--again");
        assertThat(new ReplayReport(Language.ZH).line(steps.get(0))).contains("无从得知", "--again");
        assertThat(new ReplayReport(Language.EN).counts(steps, false)).endsWith("0 replayed before, 2 not known");
        assertThat(plan(true, dust(2, "m-2"), dust(3, "m-2")))
                .<Class<?>>extracting(Object::getClass)
                .containsExactly(Take.class, Duplicate.class);
    }

    @Test
    void shouldNotTakeTheOtherLetterOfAMessageWhoseReplayWasBrokenOffBehindItsEvent() {
        history.add(replayed(dust(2, "m-2"), ReplayOutcome.SENDING, "acme/d-1/m-2"));
        findings.put("acme/d-1/m-2", Finding.WRITTEN);

        assertThat(plan(false, dust(3, "m-2")))
                .singleElement()
                .isInstanceOfSatisfying(
                        Duplicate.class, duplicate -> assertThat(duplicate.of()).isEqualTo(ADDRESS));
    }

    @Test
    void shouldForgetABrokenOffReplayOnceTheLetterIsSettled() {
        history.add(replayed(dust(2, "m-2"), ReplayOutcome.SENDING, "acme/d-1/m-2"));
        history.add(replayed(dust(2, "m-2"), ReplayOutcome.ACCEPTED, "acme/d-1/m-2"));
        findings.put("acme/d-1/m-2", Finding.DELETED);

        assertThat(plan(false, dust(2, "m-2"))).singleElement().isInstanceOf(Skip.class);
        assertThat(plan(true, dust(2, "m-2"))).singleElement().isInstanceOf(Take.class);
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
        return plan(Decoders.standard(), again, letters);
    }

    private List<Step> plan(Decoders decoders, boolean again, Letter... letters) {
        Readmission readmission = new Readmission(devices, decoders, new MockSchemaRegistryClient());
        return new ReplayPlan(readmission, history, (id, sending) -> findings.getOrDefault(id, Finding.ABSENT), again)
                .of(List.of(letters));
    }
}
