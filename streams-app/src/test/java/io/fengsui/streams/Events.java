package io.fengsui.streams;

import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.CollectorKind;
import io.fengsui.event.DustSensor;
import io.fengsui.event.Elevator119;
import io.fengsui.event.ElevatorOrderKind;
import io.fengsui.event.ElevatorOrderState;
import io.fengsui.event.EventHeader;
import io.fengsui.event.GatewayState;
import io.fengsui.event.GatewayStatus;
import io.fengsui.event.Severity;
import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.schema.feed.Feeds;

/** Events for tests, in few words. */
final class Events {
    private final TestBed bed;
    private int messages;

    Events(TestBed bed) {
        this.bed = bed;
    }

    VideoStatus.Builder video(String deviceId, VideoState state) {
        return VideoStatus.newBuilder()
                .setHeader(bed.header(Feeds.VIDEO_STATUS, deviceId, nextId()))
                .setKind(VideoReportKind.STATUS)
                .setState(state);
    }

    DustSensor.Builder dust(String deviceId, Double hopperTemperature) {
        return DustSensor.newBuilder()
                .setHeader(bed.header(Feeds.DUST_SENSOR, deviceId, nextId()))
                .setCollector(CollectorKind.DRY)
                .setFanRunning(true)
                .setHopperTemperatureCelsius(hopperTemperature);
    }

    BeidouReport.Builder beidou(BeidouContent content, Severity severity) {
        return BeidouReport.newBuilder()
                .setHeader(bed.header(Feeds.BEIDOU_REPORT, "bd-1", nextId()))
                .setContent(content)
                .setText("张浦镇暴雨")
                .setSeverity(severity);
    }

    Elevator119.Builder lift(String orderNo, ElevatorOrderState state) {
        return Elevator119.newBuilder()
                .setHeader(bed.header(Feeds.ELEVATOR_119, "lift-1", nextId()))
                .setOrderNo(orderNo)
                .setKind(ElevatorOrderKind.ENTRAPMENT)
                .setState(state)
                .setTrapped(2);
    }

    GatewayStatus.Builder gateway(GatewayState state) {
        return GatewayStatus.newBuilder()
                .setHeader(bed.header(Feeds.GATEWAY, "gw-1", nextId()))
                .setState(state);
    }

    static EventHeader.Builder change(EventHeader header) {
        return EventHeader.newBuilder(header);
    }

    private String nextId() {
        messages++;
        return "m-" + messages;
    }
}
