package io.fengsui.alerting.notify.cap;

import io.fengsui.alert.AlertText;
import io.fengsui.alerting.notify.Corrections;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A message as CAP 1.2 writes it. A pure function of what it says. */
final class CapXml {
    static final String NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2";

    /** Name that the WMO's copies of Chinese warnings use. */
    private static final String GEOCODE = "CPEAS Geographic Code";

    private final CapSettings settings;

    CapXml(CapSettings settings) {
        this.settings = settings;
    }

    /** @param page where people read more; empty if it has no address that others can reach */
    byte[] of(CapContent content, Optional<URI> page) {
        XmlText xml = new XmlText()
                .root("alert", NAMESPACE)
                .text("identifier", content.identifier())
                .text("sender", settings.sender())
                .text("sent", CapContent.time(content.sent()))
                .text("status", content.status())
                .text("msgType", content.messageType())
                .text("scope", settings.scope());
        if (settings.scope().equals("Restricted")) {
            xml.text("restriction", "Duty rooms of the city and its townships");
        }
        xml.optional("note", content.note());
        if (!content.former().isEmpty()) {
            xml.whole("references", references(content));
        }
        xml.optional("incidents", content.alert().getIncidentId());
        info(xml, content, page, "zh-CN", AlertText::getZh);
        info(xml, content, page, "en", AlertText::getEn);
        return xml.close().bytes();
    }

    private String references(CapContent content) {
        return content.former().stream()
                .map(former -> settings.sender() + "," + former.identifier() + "," + CapContent.time(former.sent()))
                .collect(Collectors.joining(" "));
    }

    private void info(
            XmlText xml, CapContent content, Optional<URI> page, String language, Function<AlertText, String> words) {
        xml.open("info")
                .text("language", language)
                .text("category", settings.category(content.alert().getFeed()))
                .text("event", words.apply(content.event()))
                .text("responseType", response(content))
                .text("urgency", content.urgency())
                .text("severity", content.severity())
                .text("certainty", content.certainty());
        named(xml, "eventCode", "fengsui:rule", content.alert().getRuleId());
        xml.text("effective", CapContent.time(content.sent()))
                .text("onset", CapContent.time(content.alert().getEventTime()));
        if (content.isOver()) {
            xml.text("expires", CapContent.time(content.sent()));
        }
        xml.optional("senderName", words.apply(settings.senderName()))
                .text("headline", words.apply(content.headline()))
                .optional("description", words.apply(content.description()))
                .optional("instruction", words.apply(content.alert().getRunbook()))
                .optional("web", page.map(URI::toString).orElse(null))
                .optional("contact", settings.contact());
        named(xml, "parameter", "fengsui:alert", content.alert().getAlertId());
        named(
                xml,
                "parameter",
                "fengsui:revision",
                Integer.toString(content.alert().getRevision()));
        named(xml, "parameter", "fengsui:level", content.alert().getSeverity().name());
        named(
                xml,
                "parameter",
                "fengsui:command-level",
                content.alert().getLevel().name());
        for (Corrections.Figure figure : Corrections.of(content.alert())) {
            named(xml, "parameter", "fengsui:revised:" + figure.name(), figure.value());
        }
        area(xml, content.area(), words);
        xml.close();
    }

    /** What people are to do: follow the runbook, where there is one; nothing, when it is over. */
    private static String response(CapContent content) {
        if (content.isOver()) {
            return "AllClear";
        }
        return content.alert().getRunbook().getZh().isBlank() ? "Assess" : "Execute";
    }

    private static void area(XmlText xml, CapArea area, Function<AlertText, String> words) {
        xml.open("area").text("areaDesc", words.apply(area.name()));
        area.circle().ifPresent(circle -> xml.text("circle", circle));
        area.geocodes().forEach(code -> named(xml, "geocode", GEOCODE, code));
        xml.close();
    }

    private static void named(XmlText xml, String element, String name, String value) {
        xml.open(element).text("valueName", name).text("value", value).close();
    }
}
