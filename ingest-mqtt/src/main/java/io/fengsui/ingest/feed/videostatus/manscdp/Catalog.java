package io.fengsui.ingest.feed.videostatus.manscdp;

import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Envelope;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.ingest.decode.Report;
import io.fengsui.ingest.feed.videostatus.ChannelCode;
import io.fengsui.schema.rejection.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A catalog, or a change of it, with its items (A.2.6): an event each camera or recorder in it. */
final class Catalog {
    /** Catalog events, and the two states of a catalog item. */
    private static final Map<String, VideoState> STATES = Map.of(
            "ON", VideoState.ON,
            "OFF", VideoState.OFF,
            "VLOST", VideoState.VIDEO_LOST,
            "DEFECT", VideoState.DEFECT,
            "ADD", VideoState.ADDED,
            "DEL", VideoState.DELETED,
            "UPDATE", VideoState.UPDATED);

    /** What a catalog item may hold by annex A; anything else counts as unknown. */
    private static final Set<String> ITEM_FIELDS = Set.of(
            "DeviceID",
            "Event",
            "Name",
            "Manufacturer",
            "Model",
            "Owner",
            "CivilCode",
            "Block",
            "Address",
            "Parental",
            "ParentID",
            "SafetyWay",
            "RegisterWay",
            "CertNum",
            "Certifiable",
            "ErrCode",
            "EndTime",
            "Secrecy",
            "IPAddress",
            "Port",
            "Password",
            "Status",
            "Longitude",
            "Latitude",
            "Info",
            "BusinessGroupID");

    private static final Set<String> FIELDS =
            Set.of("CmdType", "SN", "DeviceID", "Status", "Info", "SumNum", "DeviceList");

    /** Events that say that an item was entered, and nothing about how it is. */
    private static final Set<String> ENTRIES = Set.of("ADD", "UPDATE");

    private Catalog() {}

    static List<VideoStatus> events(Report report, XmlElement document) {
        speaker(report, document);
        XmlElement list = document.child("DeviceList")
                .orElseThrow(() ->
                        new DecodeException(Rejection.MISSING_FIELD, "DeviceList", "the catalog has no <DeviceList>"));
        int unknown = document.unknown(FIELDS);
        List<XmlElement> items = list.children().stream()
                .filter(item -> item.name().equals("Item") && isVideo(report, item))
                .toList();
        if (items.isEmpty()) {
            throw new DecodeException(
                    Rejection.UNSUPPORTED_MESSAGE, "DeviceList", "the catalog has no camera or recorder");
        }
        if (items.size() == 1) {
            return List.of(item(report, items.get(0), unknown, null));
        }
        List<VideoStatus> events = new ArrayList<>();
        for (XmlElement item : items) {
            events.add(item(report, item, unknown, Integer.toString(events.size())));
        }
        return List.copyOf(events);
    }

    /** @param part tells items of one document apart; null for one alone */
    static VideoStatus item(Report report, XmlElement item, int unknownOutside, @Nullable String part) {
        String event = item.textOf("Event");
        boolean entry = event != null && ENTRIES.contains(event.toUpperCase(Locale.ROOT));
        String field = event == null || (entry && item.textOf("Status") != null) ? "Status" : "Event";
        String value = item.requiredTextOf(field);
        VideoState state = STATES.get(value.toUpperCase(Locale.ROOT));
        if (state == null) {
            throw new DecodeException(
                    Rejection.UNKNOWN_VALUE,
                    field,
                    "'" + XmlElement.shown(value) + "' is none of " + new TreeSet<>(STATES.keySet()));
        }
        Envelope envelope = Envelope.bare(PayloadFormat.GB28181_XML, unknownOutside + item.unknown(ITEM_FIELDS));
        return VideoStatus.newBuilder()
                .setKind(VideoReportKind.STATUS)
                .setState(state)
                .setChannelId(ChannelCode.of(report, "DeviceID", item.requiredTextOf("DeviceID")))
                .setHeader(report.header(part == null ? envelope : envelope.ofPart(part)))
                .build();
    }

    private static boolean isVideo(Report report, XmlElement item) {
        String id = item.requiredTextOf("DeviceID");
        return id.equals(report.deviceId()) || ChannelCode.isVideo(id);
    }

    /** Who sends a catalog: the topic's device, or for a recorder or platform another code, of whatever kind. */
    private static void speaker(Report report, XmlElement document) {
        String id = document.requiredTextOf("DeviceID");
        if (!ChannelCode.speaksForOthers(report) || !ChannelCode.isCode(id)) {
            ChannelCode.of(report, "DeviceID", id);
        }
    }
}
