package io.fengsui.ingest.feed.videostatus;

import io.fengsui.event.VideoAlarmKind;
import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.ingest.decode.Decoder;
import io.fengsui.ingest.decode.JsonFields;
import io.fengsui.ingest.decode.JsonPayload;
import io.fengsui.ingest.decode.Report;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes Fengsui's JSON. What is left out follows from the rest. */
public final class VideoStatusDecoder implements Decoder<VideoStatus> {
    private static final int MOST_PRIORITY = 1;
    private static final int LEAST_PRIORITY = 4;

    @Override
    public List<VideoStatus> decode(Report report) {
        return JsonPayload.decode(report, JsonPayload.Time.REQUIRED, VideoStatusDecoder::event);
    }

    private static VideoStatus event(JsonFields fields) {
        @Nullable VideoAlarmKind told = fields.choice("alarmKind", VideoAlarmKind.class);
        VideoReportKind kind = kind(fields, told);
        @Nullable VideoAlarmKind alarm = told == null && kind == VideoReportKind.ALARM ? VideoAlarmKind.OTHER : told;
        return VideoStatus.newBuilder()
                .setKind(kind)
                .setState(state(fields, kind, alarm))
                .setChannelId(fields.text("channelId", 64))
                .setRecording(fields.bool("recording"))
                .setEncoding(fields.bool("encoding"))
                .setCause(fields.text("cause", 500))
                .setAlarmKind(alarm)
                .setAlarmPriority(fields.integer("alarmPriority", MOST_PRIORITY, LEAST_PRIORITY))
                .setAlarmDescription(fields.text("alarmDescription", 500))
                .setHeader(fields.header())
                .build();
    }

    private static VideoReportKind kind(JsonFields fields, @Nullable VideoAlarmKind alarm) {
        @Nullable VideoReportKind kind = fields.choice("kind", VideoReportKind.class);
        if (kind != null) {
            return kind;
        }
        return alarm == null ? VideoReportKind.STATUS : VideoReportKind.ALARM;
    }

    private static VideoState state(JsonFields fields, VideoReportKind kind, @Nullable VideoAlarmKind alarm) {
        if (!fields.has("state")) {
            if (kind == VideoReportKind.KEEPALIVE) {
                return VideoState.ON;
            }
            if (kind == VideoReportKind.ALARM && alarm != null) {
                return AlarmState.of(alarm);
            }
        }
        return fields.requiredChoice("state", VideoState.class);
    }
}
