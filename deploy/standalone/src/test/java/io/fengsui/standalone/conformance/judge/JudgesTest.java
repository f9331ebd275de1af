package io.fengsui.standalone.conformance.judge;

import static io.fengsui.standalone.conformance.judge.Finding.Status.FAIL;
import static io.fengsui.standalone.conformance.judge.Finding.Status.NOT_SEEN;
import static io.fengsui.standalone.conformance.judge.Finding.Status.PASS;
import static io.fengsui.standalone.conformance.judge.Finding.Status.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Observation.Acknowledgement;
import io.fengsui.standalone.conformance.observe.Observation.Admission;
import io.fengsui.standalone.conformance.observe.Observation.Notice;
import io.fengsui.standalone.conformance.observe.Observation.Side;
import io.fengsui.standalone.conformance.observe.Observation.Subscription;
import io.fengsui.standalone.conformance.observe.Observation.Unreadable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgesTest {
    private static final String PERSONAL = "张三";

    @Test
    void shouldJudgeEveryPointOnceAndSeeNothingBeforeAnythingWasSeen() {
        List<Finding> findings = Judges.judge(Sightings.begin().planned(1, true).journal());

        assertThat(findings).extracting(Finding::point).containsExactlyInAnyOrder(Point.values());
        assertThat(findings).extracting(Finding::status).containsOnly(NOT_SEEN);
        assertThat(findings)
                .filteredOn(Finding::settled)
                .extracting(Finding::point)
                .isEmpty();
    }

    @Test
    void shouldPassAGoodConnectionWhole() {
        Sightings seen = Sightings.begin().planned(1, true).connects();
        seen.add(new Subscription(seen.now(), 1, List.of("fengsui/v1/acme/rejected/#")));
        seen.beats(6).after(10).sends("cut");
        String lost = Sightings.payload("cut", seen.now().minusSeconds(1));
        seen.ends(Side.KIT).after(2).connects().publishes(Sightings.TOPIC, lost, 1, false, true);
        seen.after(3).beats(6);
        seen.add(new Notice(
                seen.now(),
                2,
                null,
                null,
                seen.journal().messages().get(8).reading().fingerprint(),
                true));
        seen.beats(3);

        assertThat(Judges.judge(seen.journal()))
                .allSatisfy(finding ->
                        assertThat(finding.status()).as(finding.toString()).isEqualTo(PASS));
    }

    @Test
    void shouldTellRefusalsOfTheBroker() {
        Sightings seen = Sightings.begin();
        seen.add(new Admission(seen.now(), 1, 0x87, false));
        assertThat(seen.judgedBy(new AdmissionJudge()).status()).isEqualTo(FAIL);

        seen.add(new Admission(seen.now(), 2, 0, false));
        assertThat(seen.judgedBy(new AdmissionJudge()).status()).isEqualTo(WARN);
    }

    @ParameterizedTest
    @CsvSource({"5, PASS", "4, WARN", "3, FAIL"})
    void shouldPreferMqtt5(int level, Status status) {
        assertThat(Sightings.begin()
                        .connects(level, "acme", "acme", false, 600, 30, null)
                        .judgedBy(new ProtocolJudge())
                        .status())
                .isEqualTo(status);
    }

    @Test
    void shouldFailWhatIsNoMqtt() {
        Sightings seen = Sightings.begin().connects();
        seen.add(new Unreadable(seen.now(), 1, Side.CLIENT, "DecoderException"));

        assertThat(seen.judgedBy(new ProtocolJudge()).status()).isEqualTo(FAIL);
    }

    @ParameterizedTest
    @CsvSource({"acme, acme, PASS", "acme-7, acme, PASS", "acme7, acme, FAIL", "acme-7, other, FAIL", "acme, , FAIL"})
    void shouldWantTheClientIdToBelongToTheUser(String clientId, String user, Status status) {
        assertThat(Sightings.begin()
                        .connects(5, clientId, user, false, 600, 30, null)
                        .judgedBy(new ClientIdJudge())
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"0, FAIL", "9, WARN", "10, PASS", "120, PASS", "121, WARN", "601, FAIL"})
    void shouldWantAReasonableKeepAlive(int seconds, Status status) {
        assertThat(Sightings.begin()
                        .connects(5, "acme", "acme", false, 600, seconds, null)
                        .judgedBy(new KeepAliveJudge())
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "5, true, 600, FAIL",
        "5, false, 0, FAIL",
        "5, false, 599, WARN",
        "5, false, 600, PASS",
        "4, true, 0, FAIL",
        "4, false, 0, PASS"
    })
    void shouldWantASessionThatOutlivesTheConnection(int level, boolean clean, long expiry, Status status) {
        assertThat(Sightings.begin()
                        .connects(level, "acme", "acme", clean, expiry, 30, null)
                        .judgedBy(new SessionJudge())
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fengsui/v1/acme/gateway/gw-1 | 1 | {\"state\": \"DOWN\"} | PASS",
                "fengsui/v1/acme/gateway/gw-1 | 1 | {\"state\": \"DOWN\", \"time\": \"2026-11-23T08:00:00+08:00\"} | WARN",
                "fengsui/v1/acme/gateway/gw-1 | 0 | {\"state\": \"DOWN\"} | FAIL",
                "fengsui/v1/acme/gateway/gw-1 | 1 | offline | FAIL",
                "fengsui/v1/acme/gateway/gw-2 | 1 | {\"state\": \"DOWN\"} | FAIL",
                "fengsui/v1/acme/dust-sensor/d-1 | 1 | {\"state\": \"DOWN\"} | FAIL"
            })
    void shouldWantAWillOfAGateway(String topic, int qos, String payload, Status status) {
        Sightings seen = Sightings.begin();

        assertThat(seen.connects(5, "acme", "acme", false, 600, 30, seen.will(topic, qos, payload))
                        .judgedBy(new LastWillJudge())
                        .status())
                .isEqualTo(status);
    }

    @Test
    void shouldFailAMissingWill() {
        assertThat(Sightings.begin()
                        .connects(5, "acme", "acme", false, 600, 30, null)
                        .judgedBy(new LastWillJudge())
                        .status())
                .isEqualTo(FAIL);
    }

    @ParameterizedTest
    @CsvSource({
        "fengsui/v1/acme/rejected/#, PASS",
        "fengsui/v1/acme/rejected/+, PASS",
        "fengsui/v1/acme/rejected/d-1, WARN",
        "fengsui/v1/other/rejected/#, FAIL"
    })
    void shouldWantASubscriptionToRejections(String filter, Status status) {
        Sightings seen = Sightings.begin().connects();
        seen.add(new Subscription(seen.now(), 1, List.of(filter)));

        assertThat(seen.judgedBy(new SubscriptionJudge()).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "fengsui/v1/acme/dust-sensor/d-1, PASS",
        "fengsui/v1/other/dust-sensor/d-1, FAIL",
        "fengsui/v1/acme/dust/d-1, FAIL",
        "fengsui/acme/dust-sensor/d-1, FAIL",
        "fengsui/v1/acme/police-110/p-1, WARN"
    })
    void shouldWantTheShapeAndTheVendorsLevel(String topic, Status status) {
        assertThat(Sightings.begin()
                        .sends(topic, Sightings.payload("1", Sightings.START))
                        .judgedBy(new TopicJudge())
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "dust-sensor/d-1, PASS, ''",
        "dust-sensor/d-2, FAIL, UNKNOWN_DEVICE",
        "video-status/d-1, FAIL, WRONG_FEED"
    })
    void shouldAskTheRegistryAsTheBridgeDoes(String levels, Status status, String reason) {
        Finding finding = Sightings.begin()
                .sends("fengsui/v1/acme/" + levels, Sightings.payload("1", Sightings.START))
                .judgedBy(new DeviceJudge());

        assertThat(finding.status()).isEqualTo(status);
        assertThat(finding.examples().toString()).contains(reason);
    }

    @Test
    void shouldWantQualityOfServiceOneNotRetainedAndAcknowledgedWithSuccess() {
        String payload = Sightings.payload("1", Sightings.START);
        assertThat(Sightings.begin()
                        .publishes(Sightings.TOPIC, payload, 0, false, false)
                        .judgedBy(new DeliveryJudge())
                        .status())
                .isEqualTo(FAIL);
        assertThat(Sightings.begin()
                        .publishes(Sightings.TOPIC, payload, 1, true, false)
                        .judgedBy(new DeliveryJudge())
                        .status())
                .isEqualTo(FAIL);
        for (var answer : List.of(List.of(0x87, FAIL), List.of(0x10, WARN), List.of(0, PASS))) {
            Sightings seen = Sightings.begin().sends("1");
            seen.add(new Acknowledgement(seen.now(), 1, 1, (int) answer.get(0)));
            assertThat(seen.judgedBy(new DeliveryJudge()).status()).isEqualTo(answer.get(1));
        }
    }

    @Test
    void shouldTellTheReasonOfARefusedPayloadOnceAKind() {
        Finding finding = Sightings.begin()
                .sends(Sightings.TOPIC, "{\"time\": \"2026-11-23T00:00:00Z\", \"collector\": \"DAMP\"}")
                .sends(Sightings.TOPIC, "{\"time\": \"2026-11-23T00:00:00Z\", \"collector\": \"MOIST\"}")
                .judgedBy(new PayloadJudge());

        assertThat(finding.status()).isEqualTo(FAIL);
        assertThat(finding.examples()).singleElement().satisfies(example -> assertThat(example.en())
                .contains("UNKNOWN_VALUE collector", "DAMP", "×2"));
    }

    @Test
    void shouldQuoteNothingOfAProtectedFeed() {
        List<Finding> findings = Judges.judge(Sightings.begin()
                .sends(
                        "fengsui/v1/acme/police-110/p-1",
                        "{\"kind\": \"" + PERSONAL + "\", \"messageId\": \"" + PERSONAL + "\", \"time\": \"" + PERSONAL
                                + "\"}")
                .sends("fengsui/v1/acme/" + PERSONAL, "{}")
                .sends("fengsui/v1/acme/police-110/" + PERSONAL, "{}")
                .journal());

        assertThat(findings.toString()).contains("BAD_TIME", "BAD_TOPIC").doesNotContain(PERSONAL);
    }

    @ParameterizedTest
    @CsvSource({
        "0, PASS",
        "29, PASS",
        "31, WARN",
        "301, FAIL",
        "-4, PASS",
        "-6, FAIL",
        "-3600, FAIL",
        "3600, FAIL",
        "5184000, FAIL"
    })
    void shouldCompareTheDevicesClockWithArrival(long behindSeconds, Status status) {
        Sightings seen = Sightings.begin().after(1);
        seen.sends(
                Sightings.TOPIC,
                Sightings.payload("1", seen.now().minusSeconds(behindSeconds).plusMillis(1)));

        assertThat(seen.judgedBy(new ClockJudge()).status()).isEqualTo(status);
        assertThat(seen.judgedBy(new PayloadJudge()).status()).isEqualTo(PASS);
    }

    @Test
    void shouldWantIdsThatNameOneMessageEach() {
        assertThat(Sightings.begin()
                        .sends("1")
                        .after(1)
                        .sends("2")
                        .judgedBy(new MessageIdJudge())
                        .status())
                .isEqualTo(PASS);
        assertThat(Sightings.begin()
                        .sends("1")
                        .after(1)
                        .sends("1")
                        .judgedBy(new MessageIdJudge())
                        .status())
                .isEqualTo(FAIL);
        assertThat(Sightings.begin()
                        .sends(Sightings.TOPIC, "{\"time\": \"2026-11-23T00:00:00Z\", \"collector\": \"DRY\"}")
                        .judgedBy(new MessageIdJudge())
                        .status())
                .isEqualTo(FAIL);
    }

    @Test
    void shouldFailARepetitionWhereTheConnectionHeldAndRemarkOneAfterALoss() {
        String payload = Sightings.payload("1", Sightings.START);
        Sightings held = Sightings.begin().sends(Sightings.TOPIC, payload);
        assertThat(held.judgedBy(new DuplicateJudge()).status()).isEqualTo(PASS);
        assertThat(held.publishes(Sightings.TOPIC, payload, 1, false, true)
                        .judgedBy(new DuplicateJudge())
                        .status())
                .isEqualTo(PASS);
        assertThat(held.sends(Sightings.TOPIC, payload)
                        .judgedBy(new DuplicateJudge())
                        .status())
                .isEqualTo(FAIL);
        assertThat(Sightings.begin()
                        .sends(Sightings.TOPIC, payload)
                        .ends(Side.CLIENT)
                        .sends(Sightings.TOPIC, payload)
                        .judgedBy(new DuplicateJudge())
                        .status())
                .isEqualTo(WARN);
    }

    @Test
    void shouldMeasureTheGapsAgainstTheRegisteredPeriod() {
        assertThat(Sightings.begin().beats(6).judgedBy(new HeartbeatJudge()).status())
                .isEqualTo(PASS);
        assertThat(Sightings.begin().beats(3).judgedBy(new HeartbeatJudge()).status())
                .isEqualTo(NOT_SEEN);
        assertThat(Sightings.begin()
                        .beats(6)
                        .after(11)
                        .beats(2)
                        .judgedBy(new HeartbeatJudge())
                        .status())
                .isEqualTo(FAIL);
        assertThat(Sightings.begin()
                        .beats(6)
                        .after(25)
                        .judgedBy(new HeartbeatJudge())
                        .status())
                .isEqualTo(FAIL);
    }

    @Test
    void shouldNotBlameTheClientForTheGapAroundACut() {
        assertThat(Sightings.begin()
                        .beats(6)
                        .ends(Side.KIT)
                        .after(15)
                        .beats(2)
                        .judgedBy(new HeartbeatJudge())
                        .status())
                .isEqualTo(PASS);
    }

    @Test
    void shouldWaitForTheClientToComeBackAndFailItWhenItStaysAway() {
        Sightings seen = Sightings.begin().planned(1, false).connects().ends(Side.KIT);

        assertThat(seen.after(60).judgedBy(new ReconnectJudge()).status()).isEqualTo(NOT_SEEN);
        assertThat(seen.after(1).judgedBy(new ReconnectJudge()).status()).isEqualTo(FAIL);
    }

    @Test
    void shouldWantWhatWasUnderWayAgainWithDup() {
        String payload = Sightings.payload("1", Sightings.START);
        for (var again : List.of(List.of(true, PASS), List.of(false, WARN))) {
            assertThat(Sightings.begin()
                            .planned(1, false)
                            .connects()
                            .sends(Sightings.TOPIC, payload)
                            .ends(Side.KIT)
                            .connects()
                            .publishes(Sightings.TOPIC, payload, 1, false, (boolean) again.get(0))
                            .judgedBy(new ResendJudge())
                            .status())
                    .isEqualTo(again.get(1));
        }
        Sightings lost = Sightings.begin()
                .planned(1, false)
                .connects()
                .sends("1")
                .ends(Side.KIT)
                .connects();
        assertThat(lost.judgedBy(new ResendJudge()).settled()).isFalse();
        assertThat(lost.after(21).judgedBy(new ResendJudge())).satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(FAIL);
            assertThat(finding.settled()).isTrue();
        });
    }

    @Test
    void shouldFailWhoeverSendsARefusedMessageAgain() {
        String bad = "{\"messageId\": \"9\", \"time\": \"2026-11-23T00:00:00Z\", \"collector\": \"DAMP\"}";
        Sightings seen = Sightings.begin().connects().sends(Sightings.TOPIC, bad);
        seen.add(new Notice(seen.now(), 1, Sightings.TOPIC, "acme/d-1/9", null, false));
        assertThat(seen.after(1)
                        .sends(Sightings.TOPIC, bad)
                        .judgedBy(new RejectionJudge())
                        .status())
                .as("under way when the notice came")
                .isEqualTo(PASS);

        assertThat(seen.after(2)
                        .sends(Sightings.TOPIC, bad)
                        .judgedBy(new RejectionJudge())
                        .status())
                .isEqualTo(FAIL);
    }
}
