package io.fengsui.alerting.console.cap;

import io.fengsui.alerting.notify.cap.CapEntry;
import io.fengsui.alerting.notify.cap.XmlText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A feed of messages as Atom (RFC 4287) with paging (RFC 5005).
 *
 * @param base address of the realm's CAP pages, without a slash at the end
 * @param path of this feed below it
 * @param next query of the page with older messages; empty for the last one
 */
record AtomFeed(
        String base,
        String path,
        String title,
        String author,
        List<CapEntry> entries,
        String query,
        Optional<String> next) {
    static final String TYPE = "application/atom+xml; charset=utf-8";

    byte[] bytes() {
        XmlText xml = new XmlText()
                .root("feed", "http://www.w3.org/2005/Atom")
                .text("id", base + path)
                .text("title", title)
                .text("updated", time(updated()));
        xml.open("author").text("name", author).close();
        link(xml, "self", base + path + query, "application/atom+xml");
        next.ifPresent(older -> link(xml, "next", base + path + older, "application/atom+xml"));
        entries.forEach(entry -> entry(xml, entry));
        return xml.close().bytes();
    }

    Instant updated() {
        return entries.stream()
                .map(CapEntry::published)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH)
                .truncatedTo(ChronoUnit.SECONDS);
    }

    private void entry(XmlText xml, CapEntry entry) {
        xml.open("entry")
                .text("id", "urn:fengsui:cap:" + entry.identifier())
                .text("title", entry.headline().getZh())
                .text("updated", time(entry.published()))
                .text("summary", entry.headline().getEn());
        category(xml, entry.type().name());
        category(xml, entry.severity().name());
        link(xml, "alternate", base + "/message/" + entry.identifier(), "application/cap+xml");
        if (entry.nationalIdentifier() != null) {
            link(xml, "related", base + "/national/" + entry.nationalIdentifier(), "application/xml");
        }
        xml.close();
    }

    private static void category(XmlText xml, String term) {
        xml.open("category").attribute("term", term).close();
    }

    private static void link(XmlText xml, String relation, String address, String type) {
        xml.open("link")
                .attribute("rel", relation)
                .attribute("type", type)
                .attribute("href", address)
                .close();
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
