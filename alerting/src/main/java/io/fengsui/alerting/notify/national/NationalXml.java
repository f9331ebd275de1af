package io.fengsui.alerting.notify.national;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.notify.cap.CapContent;
import io.fengsui.alerting.notify.cap.CapEntry;
import io.fengsui.alerting.notify.cap.CapIndex;
import io.fengsui.alerting.notify.cap.CapMessages.NationalProfile;
import io.fengsui.alerting.notify.cap.XmlText;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the national profile. A pure function of what a message says and of those that were published. */
public final class NationalXml implements NationalProfile {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssxxx").withZone(ZONE);
    private static final DateTimeFormatter IN_NAME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZONE);

    /** The number within a second has one digit. */
    private static final int A_SECOND = 10;

    private final String senderCode;
    private final String sender;
    private final String scope;
    private final Map<String, String> eventTypes;

    /**
     * @param senderCode 14 digits: division, agency, subdivision, extension
     * @param sender name of the publishing unit
     * @param scope Public or Restricted, as in CAP
     * @param eventTypes code by feed id
     */
    public NationalXml(String senderCode, String sender, String scope, Map<String, String> eventTypes) {
        this.senderCode = senderCode;
        this.sender = sender;
        this.scope = scope;
        this.eventTypes = Map.copyOf(eventTypes);
    }

    /** An alert of a feed without an event type, or without a colour, has no place in the profile. */
    @Override
    public Optional<Written> of(CapContent content, CapIndex published) {
        Alert alert = content.alert();
        String eventType = eventTypes.get(alert.getFeed());
        String colour = colour(alert);
        if (eventType == null || colour.isEmpty()) {
            return Optional.empty();
        }
        String identifier = free(content.sent(), published);
        boolean first = content.former().stream().noneMatch(former -> former.nationalIdentifier() != null);
        if (first && content.isOver()) {
            return Optional.empty();
        }
        XmlText xml = new XmlText()
                .root("alert", "")
                .text("identifier", identifier)
                .text("sender", sender)
                .text("senderCode", senderCode)
                .text("sendTime", TIME.format(content.sent()))
                .text("status", content.status())
                .text("msgType", first ? "Alert" : content.isOver() ? "Cancel" : "Update")
                .text("scope", scope)
                .text("secClassification", "None")
                .text("note", content.note())
                .whole("references", references(content));
        info(xml, content, eventType, colour);
        return Optional.of(new Written(identifier, ByteBuffer.wrap(xml.close().bytes())));
    }

    private void info(XmlText xml, CapContent content, String eventType, String colour) {
        Alert alert = content.alert();
        xml.open("info")
                .text("language", "zh-CN")
                .text("eventType", eventType)
                .text("urgency", content.urgency())
                .text("severity", colour)
                .text("certainty", content.certainty())
                .text("effective", TIME.format(content.sent()))
                .text("onset", TIME.format(alert.getEventTime()))
                .text("expires", content.isOver() ? TIME.format(content.sent()) : "")
                .text("senderName", sender)
                .text("headline", content.headline().getZh())
                .text("description", content.description().getZh())
                .text("instruction", alert.getRunbook().getZh())
                .text("web", "")
                .open("area")
                .text("areaDesc", content.area().name().getZh())
                .text("polygon", "")
                .text("circle", content.area().circle().orElse(""))
                .whole("geocode", String.join(",", content.area().geocodes()))
                .close()
                .close();
    }

    private static String references(CapContent content) {
        return content.former().stream()
                .map(CapEntry::nationalIdentifier)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    /** By name: the numbers of colours run in opposite directions between systems. */
    private static String colour(Alert alert) {
        return switch (alert.getSeverity()) {
            case I -> "Red";
            case II -> "Orange";
            case III -> "Yellow";
            case IV -> "Blue";
            case UNKNOWN -> "";
        };
    }

    /** The first number that is free; in a storm, of a later second. */
    private String free(Instant sent, CapIndex published) {
        for (long i = 0; ; i++) {
            String time = IN_NAME.format(sent.plusSeconds(i / A_SECOND));
            String identifier = senderCode + "_" + time + "_" + i % A_SECOND;
            if (published.byNational(identifier).isEmpty()) {
                return identifier;
            }
        }
    }
}
