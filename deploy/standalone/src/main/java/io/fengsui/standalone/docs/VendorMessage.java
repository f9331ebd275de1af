package io.fengsui.standalone.docs;

import io.fengsui.event.BeidouCoding;
import io.fengsui.event.BeidouContent;
import io.fengsui.event.CollectorKind;
import io.fengsui.event.DisasterKind;
import io.fengsui.event.ElevatorOrderKind;
import io.fengsui.event.ElevatorOrderState;
import io.fengsui.event.GatewayState;
import io.fengsui.event.ReportPhase;
import io.fengsui.event.Severity;
import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.util.List;
import java.util.Map;

/**
 * What vendors send in a feed. The Avro schema is no guide to it: readers get more than vendors send, and what has a
 * default there may be required here. A test holds each line to the feed's decoder.
 *
 * @param rules what the table cannot say; may be empty
 * @param fields of the JSON, besides the common ones
 * @param samples payloads, JSON first
 */
record VendorMessage(String rules, List<VendorField> fields, List<String> samples) {
    private static final int PERSONS = 10_000_000;
    private static final int PERSONS_IN_A_LIFT = 1_000;

    private static final Map<String, VendorMessage> BY_FEED = Map.of(
            Feeds.VIDEO_STATUS.id(), videoStatus(),
            Feeds.DUST_SENSOR.id(), dustSensor(),
            Feeds.BEIDOU_REPORT.id(), beidouReport(),
            Feeds.ELEVATOR_119.id(), elevator119(),
            Feeds.GATEWAY.id(), gateway());

    VendorMessage {
        fields = List.copyOf(fields);
        samples = List.copyOf(samples);
    }

    /** @throws IllegalStateException if a feed is not described here */
    static VendorMessage of(Feed<?> feed) {
        VendorMessage message = BY_FEED.get(feed.id());
        if (message == null) {
            throw new IllegalStateException("Feed " + feed + " is not described in VendorMessage");
        }
        return message;
    }

    private static VendorMessage videoStatus() {
        return new VendorMessage(
                "`kind` is `STATUS` if left out. `state` may be left out of a `KEEPALIVE`, which then says `ON`. GB/T 28181"
                        + " documents carry neither a message id nor a time; `DeviceID` is the topic's device or a channel"
                        + " of it.",
                List.of(
                        VendorField.choice("kind", VideoReportKind.class),
                        VendorField.choice("state", VideoState.class).needed(),
                        VendorField.text("channelId", 64),
                        VendorField.flag("recording"),
                        VendorField.text("cause", 500)),
                List.of("""
                        {"messageId": "5f0c", "time": "2026-11-23T08:00:00+08:00", "kind": "STATUS", "state": "OFF", "cause": "断电"}
                        """, """
                        <Notify><CmdType>Keepalive</CmdType><SN>7</SN><DeviceID>32058300001320000001</DeviceID><Status>OK</Status></Notify>
                        """));
    }

    private static VendorMessage dustSensor() {
        return new VendorMessage(
                "A value out of its range is a wrong unit, and the message is refused.",
                List.of(
                        VendorField.choice("collector", CollectorKind.class).needed(),
                        VendorField.flag("fanRunning"),
                        VendorField.number("hopperTemperatureCelsius", -50, 1_000),
                        VendorField.number("inletTemperatureCelsius", -50, 1_000),
                        VendorField.number("outletTemperatureCelsius", -50, 1_000),
                        VendorField.number("differentialPressurePascals", -10_000, 10_000),
                        VendorField.number("cleaningPressureMegapascals", 0, 10),
                        VendorField.number("airVelocityMetresPerSecond", 0, 100),
                        VendorField.number("dustGramsPerCubicMetre", 0, 10_000),
                        VendorField.flag("sparkDetected"),
                        VendorField.flag("dischargeLockFault"),
                        VendorField.number("hydrogenPercentLel", 0, 100),
                        VendorField.number("waterLevelMetres", 0, 100),
                        VendorField.number("waterFlowCubicMetresPerSecond", 0, 100)),
                List.of("""
                        {"messageId": "20261123-000017", "time": "2026-11-23T08:00:00+08:00", "collector": "DRY", "fanRunning": true,
                         "hopperTemperatureCelsius": 41.5, "differentialPressurePascals": 980, "dischargeLockFault": false}
                        """));
    }

    private static VendorMessage beidouReport() {
        return new VendorMessage(
                "`text` or `disaster` must be there. `content` follows from the presence of `disaster` if left out;"
                        + " `STRUCTURED` needs `disaster`. The sentence `$BDTXR` carries neither a message id nor a date.",
                List.of(
                        VendorField.text("text", 2_000),
                        VendorField.choice("disaster", DisasterKind.class),
                        VendorField.choice("phase", ReportPhase.class),
                        VendorField.choice("severity", Severity.class),
                        VendorField.whole("deaths", 0, PERSONS),
                        VendorField.whole("missing", 0, PERSONS),
                        VendorField.whole("affected", 0, PERSONS),
                        VendorField.whole("evacuated", 0, PERSONS),
                        VendorField.of(
                                "reportedPoint",
                                "object: `longitude` and `latitude` in degrees, `datum` `WGS84`, `GCJ02` or `BD09`; all"
                                        + " three required",
                                """
                                {"longitude": 120.95, "latitude": 31.38, "datum": "BD09"}""",
                                """
                                {"longitude": 120.95, "latitude": 31.38}"""),
                        VendorField.of("card", "text of 6 or 7 digits", "\"312345\"", "\"12345\""),
                        VendorField.choice("content", BeidouContent.class),
                        VendorField.choice("coding", BeidouCoding.class)),
                List.of("""
                        {"messageId": "bd-2231", "time": "2026-11-23T08:00:00+08:00", "disaster": "FLOOD", "phase": "FIRST",
                         "severity": "III", "affected": 120, "evacuated": 40, "text": "河水漫堤",
                         "reportedPoint": {"longitude": 120.95, "latitude": 31.38, "datum": "WGS84"}}
                        """, "$BDTXR,1,0312345,2,,A4BDD3CBAEB7BAB5CC*45"));
    }

    private static VendorMessage elevator119() {
        return new VendorMessage(
                "Telephone numbers in `description` are masked on arrival.",
                List.of(
                        VendorField.text("orderNo", 64).needed(),
                        VendorField.choice("kind", ElevatorOrderKind.class).needed(),
                        VendorField.choice("state", ElevatorOrderState.class).needed(),
                        VendorField.text("rescueCode", 32),
                        VendorField.whole("rescueLevel", 1, 3),
                        VendorField.whole("trapped", 0, PERSONS_IN_A_LIFT),
                        VendorField.whole("injured", 0, PERSONS_IN_A_LIFT),
                        VendorField.whole("suspectedDeaths", 0, PERSONS_IN_A_LIFT),
                        VendorField.text("description", 500)),
                List.of("""
                        {"messageId": "WO-20261123-0042-1", "time": "2026-11-23T08:00:00+08:00", "orderNo": "WO-20261123-0042",
                         "kind": "ENTRAPMENT", "state": "RECEIVED", "rescueCode": "320142", "trapped": 2, "description": "门打不开"}
                        """));
    }

    private static VendorMessage gateway() {
        return new VendorMessage(
                "The topic's last level is the gateway. `time` may be left out here, and **must be left out of an MQTT last"
                        + " will**: a will is written when the gateway connects, so its time would be that of the connect, and"
                        + " an event that comes late raises no alert. For the same reason a will carries no `messageId`.",
                List.of(VendorField.choice("state", GatewayState.class).needed(), VendorField.text("cause", 500)),
                List.of("""
                        {"state": "UP", "time": "2026-11-23T08:00:00+08:00"}
                        """, """
                        {"state": "DOWN", "cause": "connection lost"}
                        """));
    }
}
