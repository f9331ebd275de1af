package io.fengsui.ingest.feed.videostatus.manscdp;

import io.fengsui.event.VideoAlarmKind;
import io.fengsui.event.VideoAlarmMethod;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.schema.rejection.Rejection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an AlarmType means, which depends on the AlarmMethod (A.2.5). */
final class AlarmType {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /** From type 1. */
    private static final Map<VideoAlarmMethod, List<VideoAlarmKind>> KINDS = Map.of(
            VideoAlarmMethod.DEVICE,
            List.of(
                    VideoAlarmKind.VIDEO_LOST,
                    VideoAlarmKind.TAMPER,
                    VideoAlarmKind.DISK_FULL,
                    VideoAlarmKind.HIGH_TEMPERATURE,
                    VideoAlarmKind.LOW_TEMPERATURE),
            VideoAlarmMethod.VIDEO,
            List.of(
                    VideoAlarmKind.MANUAL,
                    VideoAlarmKind.MOTION,
                    VideoAlarmKind.OBJECT_LEFT,
                    VideoAlarmKind.OBJECT_REMOVED,
                    VideoAlarmKind.LINE_CROSSED,
                    VideoAlarmKind.INTRUSION,
                    VideoAlarmKind.WRONG_WAY,
                    VideoAlarmKind.LOITERING,
                    VideoAlarmKind.FLOW,
                    VideoAlarmKind.DENSITY,
                    VideoAlarmKind.VIDEO_ABNORMAL,
                    VideoAlarmKind.FAST_MOVEMENT),
            VideoAlarmMethod.DEVICE_FAULT,
            List.of(VideoAlarmKind.DISK_FAULT, VideoAlarmKind.FAN_FAULT));

    private AlarmType() {}

    /**
     * The kind by the first method that knows the type; OTHER if none does, or no type was told.
     *
     * @throws DecodeException WRONG_TYPE if the type is no number
     */
    static VideoAlarmKind of(List<VideoAlarmMethod> methods, @Nullable String type) {
        if (type == null) {
            return VideoAlarmKind.OTHER;
        }
        if (!NUMBER.matcher(type).matches()) {
            throw new DecodeException(
                    Rejection.WRONG_TYPE, "AlarmType", "'" + XmlElement.shown(type) + "' is no whole number");
        }
        int number = Integer.parseInt(type);
        return methods.stream()
                .map(method -> KINDS.getOrDefault(method, List.of()))
                .filter(kinds -> number >= 1 && number <= kinds.size())
                .map(kinds -> kinds.get(number - 1))
                .findFirst()
                .orElse(VideoAlarmKind.OTHER);
    }
}
