package io.fengsui.ingest.feed.videostatus;

import io.fengsui.event.VideoAlarmKind;
import io.fengsui.event.VideoState;

/** What an alarm says about the picture. */
public final class AlarmState {
    private AlarmState() {}

    /** Of all alarms only that of the lost picture tells a state; a camera that is opened or hot may show one. */
    public static VideoState of(VideoAlarmKind kind) {
        return kind == VideoAlarmKind.VIDEO_LOST ? VideoState.VIDEO_LOST : VideoState.ALARMED;
    }
}
