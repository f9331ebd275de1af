package io.fengsui.ingest.feed.videostatus.manscdp;

import io.fengsui.event.Datum;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.VideoAlarmKind;
import io.fengsui.event.VideoAlarmMethod;
import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoStatus;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.DeviceTime;
import io.fengsui.ingest.decode.Envelope;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.ingest.decode.Report;
import io.fengsui.ingest.feed.videostatus.AlarmState;
import io.fengsui.ingest.feed.videostatus.ChannelCode;
import io.fengsui.schema.rejection.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An alarm of a device (A.2.5). */
final class Alarm {
    private static final Set<String> FIELDS = Set.of(
            "CmdType",
            "SN",
            "DeviceID",
            "AlarmPriority",
            "AlarmMethod",
            "AlarmTime",
            "AlarmDescription",
            "AlarmType",
            "AlarmTypeParam",
            "Longitude",
            "Latitude",
            "Info");

    private static final Pattern PRIORITY = Pattern.compile("[1-4]");
    private static final Pattern METHODS = Pattern.compile("[1-7]{1,7}");
    private static final Pattern DEGREES = Pattern.compile("-?\\d{1,3}(\\.\\d{1,20})?");

    /** By digit of AlarmMethod, from 1. */
    private static final List<VideoAlarmMethod> METHOD = List.of(
            VideoAlarmMethod.PHONE,
            VideoAlarmMethod.DEVICE,
            VideoAlarmMethod.SMS,
            VideoAlarmMethod.GPS,
            VideoAlarmMethod.VIDEO,
            VideoAlarmMethod.DEVICE_FAULT,
            VideoAlarmMethod.OTHER);

    private Alarm() {}

    static VideoStatus event(Report report, XmlElement document) {
        List<VideoAlarmMethod> methods = methods(document);
        VideoAlarmKind kind = AlarmType.of(methods, type(document));
        Instant time = DeviceTime.parse("AlarmTime", document.requiredTextOf("AlarmTime"));
        return VideoStatus.newBuilder()
                .setKind(VideoReportKind.ALARM)
                .setState(AlarmState.of(kind))
                .setChannelId(channel(report, document.requiredTextOf("DeviceID")))
                .setAlarmKind(kind)
                .setAlarmMethods(methods)
                .setAlarmPriority(priority(document))
                .setAlarmDescription(document.shortTextOf("AlarmDescription"))
                .setAlarmPoint(point(document))
                .setHeader(report.header(Envelope.timed(PayloadFormat.GB28181_XML, time, document.unknown(FIELDS))))
                .build();
    }

    /** Through a recorder or platform any code may give alarm, an alarm input too. */
    private static @Nullable String channel(Report report, String id) {
        return ChannelCode.speaksForOthers(report) && ChannelCode.isCode(id) && !id.equals(report.deviceId())
                ? id
                : ChannelCode.of(report, "DeviceID", id);
    }

    private static int priority(XmlElement document) {
        String priority = document.requiredTextOf("AlarmPriority");
        if (!PRIORITY.matcher(priority).matches()) {
            throw unknownValue("AlarmPriority", priority, "none of 1 to 4");
        }
        return Integer.parseInt(priority);
    }

    private static List<VideoAlarmMethod> methods(XmlElement document) {
        String digits = document.requiredTextOf("AlarmMethod");
        if (!METHODS.matcher(digits).matches()) {
            throw unknownValue("AlarmMethod", digits, "no digits of 1 to 7");
        }
        List<VideoAlarmMethod> methods = new ArrayList<>();
        digits.chars().distinct().forEach(digit -> methods.add(METHOD.get(digit - '1')));
        return List.copyOf(methods);
    }

    private static @Nullable String type(XmlElement document) {
        String type = document.textOf("AlarmType");
        return type != null
                ? type
                : document.child("Info").map(info -> info.textOf("AlarmType")).orElse(null);
    }

    /** Devices without a receiver send 0 and 0. */
    private static @Nullable GeoPoint point(XmlElement document) {
        if (document.textOf("Longitude") == null && document.textOf("Latitude") == null) {
            return null;
        }
        double longitude = degrees(document, "Longitude", 180);
        double latitude = degrees(document, "Latitude", 90);
        return longitude == 0 && latitude == 0 ? null : new GeoPoint(longitude, latitude, Datum.UNKNOWN);
    }

    private static double degrees(XmlElement document, String field, int most) {
        String text = document.requiredTextOf(field);
        if (!DEGREES.matcher(text).matches()) {
            throw new DecodeException(
                    Rejection.WRONG_TYPE, field, "'" + XmlElement.shown(text) + "' is no number of degrees");
        }
        double degrees = Double.parseDouble(text);
        if (Math.abs(degrees) > most) {
            throw new DecodeException(Rejection.OUT_OF_RANGE, field, text + " is not within " + -most + " to " + most);
        }
        return degrees;
    }

    private static DecodeException unknownValue(String field, String found, String expected) {
        return new DecodeException(Rejection.UNKNOWN_VALUE, field, "'" + XmlElement.shown(found) + "' is " + expected);
    }
}
