package io.fengsui.ingest.feed.videostatus.manscdp;

import io.fengsui.event.VideoStatus;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Decoder;
import io.fengsui.ingest.decode.Report;
import io.fengsui.schema.rejection.Rejection;
import java.util.List;

/**
 * Decodes GB/T 28181 MANSCDP documents; the package says which. Other commands are refused as UNSUPPORTED_MESSAGE, with
 * their name.
 */
public final class MansCdpDecoder implements Decoder<VideoStatus> {

    @Override
    public List<VideoStatus> decode(Report report) {
        XmlElement document = XmlElement.parse(report.payload());
        if (document.name().equals("Item")) {
            return List.of(Catalog.item(report, document, 0, null));
        }
        String command = document.requiredTextOf("CmdType");
        return switch (document.name() + " " + command) {
            case "Notify Keepalive" -> Keepalive.events(report, document);
            case "Notify Catalog", "Response Catalog" -> Catalog.events(report, document);
            case "Response DeviceStatus" -> List.of(DeviceStatus.event(report, document));
            case "Notify Alarm" -> List.of(Alarm.event(report, document));
            default ->
                throw new DecodeException(
                        Rejection.UNSUPPORTED_MESSAGE,
                        "CmdType",
                        XmlElement.shown(document.name() + " " + command)
                                + " is not taken; Notify Keepalive, Notify and Response Catalog, Response DeviceStatus and"
                                + " Notify Alarm are");
        };
    }
}
