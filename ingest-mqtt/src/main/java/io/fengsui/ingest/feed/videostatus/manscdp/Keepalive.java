package io.fengsui.ingest.feed.videostatus.manscdp;

import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.ingest.decode.Envelope;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.ingest.decode.Report;
import io.fengsui.ingest.feed.videostatus.ChannelCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sign of life (9.6, A.2.5): of the sender, and of the devices behind it those that are faulty. */
final class Keepalive {
    private static final Set<String> FIELDS = Set.of("CmdType", "SN", "DeviceID", "Status", "Info");

    private Keepalive() {}

    /** The sender's event first, then one of each faulty channel: a status, for a keepalive of it was not sent. */
    static List<VideoStatus> events(Report report, XmlElement document) {
        String status = document.requiredTextOf("Status");
        @Nullable String channel = ChannelCode.of(report, "DeviceID", document.requiredTextOf("DeviceID"));
        List<String> faulty = faulty(document);
        List<String> channels = faulty.stream()
                .filter(id -> ChannelCode.speaksForOthers(report) && ChannelCode.isVideo(id))
                .filter(id -> !id.equals(report.deviceId()) && !id.equals(channel))
                .toList();
        boolean well = status.equalsIgnoreCase("OK");
        boolean listed = faulty.contains(channel == null ? report.deviceId() : channel);
        int passedOver = faulty.size() - channels.size() - (listed ? 1 : 0);
        Envelope envelope = Envelope.bare(PayloadFormat.GB28181_XML, document.unknown(FIELDS) + passedOver);
        List<VideoStatus> events = new ArrayList<>();
        events.add(VideoStatus.newBuilder()
                .setKind(VideoReportKind.KEEPALIVE)
                .setState(well && !listed ? VideoState.ON : VideoState.DEFECT)
                .setCause(well ? null : XmlElement.shown(status))
                .setChannelId(channel)
                .setHeader(report.header(channels.isEmpty() ? envelope : envelope.ofPart("0")))
                .build());
        for (String id : channels) {
            events.add(VideoStatus.newBuilder()
                    .setKind(VideoReportKind.STATUS)
                    .setState(VideoState.DEFECT)
                    .setChannelId(id)
                    .setHeader(report.header(envelope.ofPart(Integer.toString(events.size()))))
                    .build());
        }
        return List.copyOf(events);
    }

    private static List<String> faulty(XmlElement document) {
        return document.child("Info").stream()
                .flatMap(info -> info.children().stream())
                .filter(child -> child.name().equals("DeviceID"))
                .map(XmlElement::text)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }
}
