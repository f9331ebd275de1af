package io.fengsui.ingest.feed.videostatus;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Report;
import io.fengsui.schema.rejection.Rejection;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Codes of 20 digits (GB/T 28181-2016 annex D), and whom one names, seen from the device of the topic. */
public final class ChannelCode {
    private static final Pattern CODE = Pattern.compile("\\d{20}");

    /**
     * Digits 11 to 13 of a code say what it is of. These have pictures: DVR, NVR, checkpoint, hybrid recorder, camera, IP
     * camera; alarm inputs and outputs, servers and groups stand in a catalog beside them.
     */
    private static final Set<String> VIDEO_KINDS = Set.of("111", "118", "121", "130", "131", "132");

    private static final int KIND_FROM = 10;
    private static final int KIND_TO = 13;
    private static final int SHOWN = 60;

    private ChannelCode() {}

    public static boolean isCode(String id) {
        return CODE.matcher(id).matches();
    }

    public static boolean isVideo(String id) {
        return isCode(id) && VIDEO_KINDS.contains(id.substring(KIND_FROM, KIND_TO));
    }

    /** Whether other devices than its own speak through the topic's device: a recorder or platform, no single camera. */
    public static boolean speaksForOthers(Report report) {
        return !report.deviceType().equals("camera");
    }

    /**
     * Null if the id is the topic's device itself, else the channel of the topic's recorder or platform.
     *
     * @param field where the id stands
     * @throws DecodeException DEVICE_MISMATCH if it can be neither
     */
    public static @Nullable String of(Report report, String field, String id) {
        if (id.equals(report.deviceId())) {
            return null;
        }
        if (!speaksForOthers(report) || !isVideo(id)) {
            throw mismatch(report, field, id);
        }
        return id;
    }

    /** Refuses an id that is not the topic's. */
    public static DecodeException mismatch(Report report, String field, String id) {
        String shown = id.length() <= SHOWN ? id : id.substring(0, SHOWN) + "…";
        return new DecodeException(
                Rejection.DEVICE_MISMATCH,
                field,
                "'" + shown + "' is neither the topic's " + report.deviceType() + " " + report.deviceId()
                        + " nor a channel of it");
    }
}
