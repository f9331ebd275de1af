package io.fengsui.ingest.feed.videostatus.statusline;

import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Decoder;
import io.fengsui.ingest.decode.Envelope;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.ingest.decode.Report;
import io.fengsui.ingest.decode.StrictText;
import io.fengsui.ingest.feed.videostatus.ChannelCode;
import io.fengsui.schema.rejection.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decodes status lines, all of a message or none; an event each. */
public final class StatusLineDecoder implements Decoder<VideoStatus> {
    private static final Pattern LINE = Pattern.compile(
            "(?<device>[A-Za-z0-9._-]{1,64})(?::(?<channel>[A-Za-z0-9._-]{1,64}))?[ \\t]+(?<state>\\w{1,16})");

    private static final Map<String, VideoState> STATES = Map.of(
            "ON", VideoState.ON,
            "OFF", VideoState.OFF,
            "ADD", VideoState.ADDED,
            "DELETE", VideoState.DELETED);

    @Override
    public List<VideoStatus> decode(Report report) {
        String text = StrictText.utf8(report.payload())
                .orElseThrow(() -> new DecodeException(Rejection.NOT_UTF8, "the bytes are not valid UTF-8"));
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty()) {
            throw new DecodeException(Rejection.NOT_A_STATUS_LINE, "there is no line");
        }
        List<VideoStatus> events = new ArrayList<>();
        for (String line : lines) {
            int position = events.size();
            @Nullable String part = lines.size() == 1 ? null : Integer.toString(position);
            events.add(event(report, parsed(line, position + 1), part));
        }
        return List.copyOf(events);
    }

    private static Matcher parsed(String line, int number) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new DecodeException(
                    Rejection.NOT_A_STATUS_LINE,
                    "line " + number + " is not <deviceId>[:<channelId>] ON, OFF, ADD or DELETE");
        }
        return matcher;
    }

    private static VideoStatus event(Report report, Matcher line, @Nullable String part) {
        String word = line.group("state");
        VideoState state = STATES.get(word.toUpperCase(Locale.ROOT));
        if (state == null) {
            throw new DecodeException(
                    Rejection.UNKNOWN_VALUE, "state", "'" + word + "' is none of ON, OFF, ADD, DELETE");
        }
        Envelope envelope = Envelope.bare(PayloadFormat.GB28181_LINE, 0);
        return VideoStatus.newBuilder()
                .setKind(VideoReportKind.STATUS)
                .setState(state)
                .setChannelId(channel(report, line.group("device"), line.group("channel")))
                .setHeader(report.header(part == null ? envelope : envelope.ofPart(part)))
                .build();
    }

    /** A platform speaks for the channels of the devices behind it. */
    private static @Nullable String channel(Report report, String device, @Nullable String channel) {
        @Nullable String other = ChannelCode.of(report, "deviceId", device);
        if (channel == null || channel.equals(report.deviceId())) {
            return other;
        }
        return channel;
    }
}
