package io.fengsui.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.util.HexFormat;

/** A message of each format, as a device sends it at {@link BridgeUnderTest#NOW}. */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes the bytes
public enum Sample {
    DUST_SENSOR_JSON(
            Feeds.DUST_SENSOR,
            "d-1",
            "{\"messageId\":\"r1-4711\",\"time\":1795392030000,\"collector\":\"DRY\",\"fanRunning\":true,"
                    + "\"hopperTemperatureCelsius\":41.5,\"differentialPressurePascals\":812.5,"
                    + "\"airVelocityMetresPerSecond\":17.25,\"sparkDetected\":false,\"dischargeLockFault\":false}"),
    ELEVATOR_JSON(
            Feeds.ELEVATOR_119,
            "e-1",
            "{\"messageId\":\"WO-7-1\",\"time\":\"2026-11-23T08:00:00+08:00\",\"orderNo\":\"WO-7\",\"kind\":\"ENTRAPMENT\","
                    + "\"state\":\"RECEIVED\",\"rescueCode\":\"320142\",\"rescueLevel\":1,\"trapped\":2,\"injured\":0,"
                    + "\"suspectedDeaths\":0,\"description\":\"电梯停在三楼，门打不开\"}"),
    GB28181_XML(Feeds.VIDEO_STATUS, "32058300001320000001", """
            <?xml version="1.0" encoding="UTF-8"?>
            <Notify>
            <CmdType>Keepalive</CmdType>
            <SN>12</SN>
            <DeviceID>32058300001320000001</DeviceID>
            <Status>OK</Status>
            </Notify>
            """),
    HJ212(
            Feeds.DUST_SENSOR,
            "d-1",
            "##0177QN=20261123080001000;ST=32;CN=2011;PW=123456;MN=d-1;Flag=5;CP=&&DataTime=20261123080000;"
                    + "t1-Rtd=41.5,t1-Flag=N;v1-Rtd=17.25,v1-Flag=N;fan-Rtd=1,fan-Flag=N;p1-Rtd=0.85,p1-Flag=N&&2200\r\n"),
    BEIDOU_2_1(Feeds.BEIDOU_REPORT, "b-1", "$BDTXR,1,0312345,2,,A4B3F5B1A831C8CBB1BBC0A7*36\r\n"),
    BEIDOU_4_0(
            Feeds.BEIDOU_REPORT,
            "b-1",
            HexFormat.of()
                    .parseHex(
                            "2454585858002904c4196204c41a080500a8" + "a4d1b4c7e9c6bdcec8a3accbaecebb332e3432c3d70047"));

    private final Feed<?> feed;
    private final String deviceId;
    private final byte[] payload;

    Sample(Feed<?> feed, String deviceId, String payload) {
        this(feed, deviceId, payload.getBytes(UTF_8));
    }

    Sample(Feed<?> feed, String deviceId, byte[] payload) {
        this.feed = feed;
        this.deviceId = deviceId;
        this.payload = payload;
    }

    Feed<?> feed() {
        return feed;
    }

    String deviceId() {
        return deviceId;
    }

    byte[] payload() {
        return payload;
    }

    String topic() {
        return "fengsui/v1/acme/" + feed.id() + "/" + deviceId;
    }
}
