package io.fengsui.ingest.feed.videostatus;

import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Decoder;
import io.fengsui.ingest.decode.Envelope;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.ingest.decode.Report;
import io.fengsui.schema.rejection.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decodes GB/T 28181 MANSCDP documents: Keepalive, Catalog (a notification or a response with its items) and one bare
 * catalog item. Other commands are refused as UNSUPPORTED_MESSAGE. A document is decoded wholly or not at all.
 */
public final class MansCdpDecoder implements Decoder<VideoStatus> {
    /** Catalog events, and the two states of a catalog item. */
    private static final Map<String, VideoState> STATES = Map.of(
            "ON", VideoState.ON,
            "OFF", VideoState.OFF,
            "VLOST", VideoState.VIDEO_LOST,
            "DEFECT", VideoState.DEFECT,
            "ADD", VideoState.ADDED,
            "DEL", VideoState.DELETED,
            "UPDATE", VideoState.UPDATED);

    /** What a catalog item may hold by GB/T 28181-2016 annex A; anything else counts as unknown. */
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

    private static final Set<String> DOCUMENT_FIELDS =
            Set.of("CmdType", "SN", "DeviceID", "Status", "Info", "SumNum", "DeviceList");

    private static final Pattern CODE = Pattern.compile("\\d{20}");

    /**
     * Digits 11 to 13 of a code say what it is of (GB/T 28181-2016 annex D). These have pictures: DVR, NVR, checkpoint, hybrid
     * recorder, camera, IP camera; alarm inputs and outputs, servers and groups stand in a catalog beside them.
     */
    private static final Set<String> VIDEO_KINDS = Set.of("111", "118", "121", "130", "131", "132");

    /** Events that say that an item was entered, and nothing about how it is. */
    private static final Set<String> ENTRIES = Set.of("ADD", "UPDATE");

    private static final int KIND_FROM = 10;
    private static final int KIND_TO = 13;

    @Override
    public List<VideoStatus> decode(Report report) {
        XmlElement document = XmlElement.parse(report.payload());
        if (document.name().equals("Item")) {
            return List.of(item(report, document, 0, null));
        }
        String command = document.requiredTextOf("CmdType");
        return switch (document.name() + " " + command) {
            case "Notify Keepalive" -> List.of(keepalive(report, document));
            case "Notify Catalog", "Response Catalog" -> catalog(report, document);
            default ->
                throw new DecodeException(
                        Rejection.UNSUPPORTED_MESSAGE,
                        "CmdType",
                        document.name() + " " + abbreviated(command) + " is not taken; Keepalive and Catalog are");
        };
    }

    private static VideoStatus keepalive(Report report, XmlElement document) {
        String status = document.requiredTextOf("Status");
        boolean ok = status.equalsIgnoreCase("OK");
        return VideoStatus.newBuilder()
                .setKind(VideoReportKind.KEEPALIVE)
                .setState(ok ? VideoState.ON : VideoState.DEFECT)
                .setCause(ok ? null : abbreviated(status))
                .setChannelId(channel(report, document))
                .setHeader(report.header(Envelope.bare(PayloadFormat.GB28181_XML, unknown(document, DOCUMENT_FIELDS))))
                .build();
    }

    private static List<VideoStatus> catalog(Report report, XmlElement document) {
        speaker(report, document);
        XmlElement list = document.child("DeviceList")
                .orElseThrow(() ->
                        new DecodeException(Rejection.MISSING_FIELD, "DeviceList", "the catalog has no <DeviceList>"));
        int unknown = unknown(document, DOCUMENT_FIELDS);
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

    private static boolean isVideo(Report report, XmlElement item) {
        String id = item.requiredTextOf("DeviceID");
        return id.equals(report.deviceId()) || isVideo(id);
    }

    private static VideoStatus item(Report report, XmlElement item, int unknownOutside, @Nullable String part) {
        String event = item.textOf("Event");
        boolean entry = event != null && ENTRIES.contains(event.toUpperCase(Locale.ROOT));
        String field = event == null || (entry && item.textOf("Status") != null) ? "Status" : "Event";
        String value = item.requiredTextOf(field);
        VideoState state = STATES.get(value.toUpperCase(Locale.ROOT));
        if (state == null) {
            throw new DecodeException(
                    Rejection.UNKNOWN_VALUE, field, "'" + abbreviated(value) + "' is none of " + STATES.keySet());
        }
        Envelope envelope = Envelope.bare(PayloadFormat.GB28181_XML, unknownOutside + unknown(item, ITEM_FIELDS));
        return VideoStatus.newBuilder()
                .setKind(VideoReportKind.STATUS)
                .setState(state)
                .setChannelId(channel(report, item))
                .setHeader(report.header(part == null ? envelope : envelope.ofPart(part)))
                .build();
    }

    /**
     * Null if the document is of the topic's device itself, else the channel of the topic's recorder or platform.
     *
     * @throws DecodeException DEVICE_MISMATCH if it can be neither
     */
    private static @Nullable String channel(Report report, XmlElement element) {
        String id = element.requiredTextOf("DeviceID");
        if (id.equals(report.deviceId())) {
            return null;
        }
        if (report.deviceType().equals("camera") || !isVideo(id)) {
            throw new DecodeException(
                    Rejection.DEVICE_MISMATCH,
                    "DeviceID",
                    "'" + abbreviated(id) + "' is neither the topic's " + report.deviceType() + " " + report.deviceId()
                            + " nor a channel of it");
        }
        return id;
    }

    /** Who sends a catalog: the topic's device, or for a recorder or platform another code, of whatever kind. */
    private static void speaker(Report report, XmlElement document) {
        String id = document.requiredTextOf("DeviceID");
        if (report.deviceType().equals("camera") || !CODE.matcher(id).matches()) {
            channel(report, document);
        }
    }

    private static boolean isVideo(String id) {
        return CODE.matcher(id).matches() && VIDEO_KINDS.contains(id.substring(KIND_FROM, KIND_TO));
    }

    private static int unknown(XmlElement element, Set<String> known) {
        return (int) element.children().stream()
                .filter(child -> !known.contains(child.name()))
                .count();
    }

    private static String abbreviated(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
