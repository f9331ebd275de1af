package io.fengsui.ingest.feed.videostatus;

import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.ingest.decode.Decoder;
import io.fengsui.ingest.decode.JsonFields;
import io.fengsui.ingest.decode.JsonPayload;
import io.fengsui.ingest.decode.Report;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes Fengsui's JSON. */
public final class VideoStatusDecoder implements Decoder<VideoStatus> {

    @Override
    public List<VideoStatus> decode(Report report) {
        return JsonPayload.decode(report, JsonPayload.Time.REQUIRED, VideoStatusDecoder::event);
    }

    private static VideoStatus event(JsonFields fields) {
        @Nullable VideoReportKind kind = fields.choice("kind", VideoReportKind.class);
        VideoState state = kind == VideoReportKind.KEEPALIVE && !fields.has("state")
                ? VideoState.ON
                : fields.requiredChoice("state", VideoState.class);
        return VideoStatus.newBuilder()
                .setKind(kind == null ? VideoReportKind.STATUS : kind)
                .setState(state)
                .setChannelId(fields.text("channelId", 64))
                .setRecording(fields.bool("recording"))
                .setCause(fields.text("cause", 500))
                .setHeader(fields.header())
                .build();
    }
}
