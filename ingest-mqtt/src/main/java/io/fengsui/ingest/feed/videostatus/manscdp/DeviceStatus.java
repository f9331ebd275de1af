package io.fengsui.ingest.feed.videostatus.manscdp;

import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.ingest.decode.DeviceTime;
import io.fengsui.ingest.decode.Envelope;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.ingest.decode.Report;
import io.fengsui.ingest.feed.videostatus.ChannelCode;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answer to a query for a device's state (A.2.6). */
final class DeviceStatus {
    private static final Set<String> FIELDS = Set.of(
            "CmdType",
            "SN",
            "DeviceID",
            "Result",
            "Online",
            "Status",
            "Reason",
            "Encode",
            "Record",
            "DeviceTime",
            "Alarmstatus",
            "Info");

    private DeviceStatus() {}

    static VideoStatus event(Report report, XmlElement document) {
        VideoState state = state(document);
        return VideoStatus.newBuilder()
                .setKind(VideoReportKind.STATUS)
                .setState(state)
                .setCause(state == VideoState.ON ? null : document.shortTextOf("Reason"))
                .setChannelId(ChannelCode.of(report, "DeviceID", document.requiredTextOf("DeviceID")))
                .setRecording(document.choiceOf("Record", "ON", "OFF"))
                .setEncoding(document.choiceOf("Encode", "ON", "OFF"))
                .setHeader(report.header(Envelope.timed(
                        PayloadFormat.GB28181_XML, time(document), document.unknown(FIELDS) + alarmItems(document))))
                .build();
    }

    /** A device that cannot answer for itself is off-line by its platform's word, or else defective. */
    private static VideoState state(XmlElement document) {
        document.requiredTextOf("Result");
        boolean answered = Boolean.TRUE.equals(document.choiceOf("Result", "OK", "ERROR"));
        if (answered) {
            document.requiredTextOf("Online");
            document.requiredTextOf("Status");
        }
        @Nullable Boolean online = document.choiceOf("Online", "ONLINE", "OFFLINE");
        @Nullable Boolean works = document.choiceOf("Status", "OK", "ERROR");
        if (Boolean.FALSE.equals(online)) {
            return VideoState.OFF;
        }
        return answered && Boolean.TRUE.equals(works) ? VideoState.ON : VideoState.DEFECT;
    }

    private static @Nullable Instant time(XmlElement document) {
        String time = document.textOf("DeviceTime");
        return time == null ? null : DeviceTime.parse("DeviceTime", time);
    }

    /** The guard states of alarm inputs are no video. */
    private static int alarmItems(XmlElement document) {
        return document.child("Alarmstatus")
                .map(alarms -> alarms.children().size())
                .orElse(0);
    }
}
