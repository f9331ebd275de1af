package io.fengsui.streams.assembly;

import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.schema.report.BeidouText;
import io.fengsui.schema.report.CompactText;
import java.util.List;
import java.util.Objects;

/** A report made of its parts. It takes after the newest of them: its device, card, time and status. */
final class WholeReport {
    private WholeReport() {}

    /** What all parts say together. */
    static BeidouReport complete(BeidouReport newest, FragmentSet set) {
        BeidouReport.Builder report = begin(newest, set, "#whole");
        BeidouText.fill(report, text(newest, set), newest.getHeader().getReceivedAt());
        return report.setReportId(newest.getReportId()).build();
    }

    /** What is there, for a person to read: what is missing may turn its sense. */
    static BeidouReport incomplete(BeidouReport newest, FragmentSet set) {
        return begin(newest, set, "#incomplete")
                .setContent(BeidouContent.TEXT)
                .setText(text(newest, set))
                .setIncomplete(true)
                .setTextNote("缺第 " + set.missing() + " 段，共 " + set.parts() + " 段 / parts missing: " + set.missing()
                        + " of " + set.parts())
                .build();
    }

    private static String text(BeidouReport newest, FragmentSet set) {
        return CompactText.joined(
                newest.getHeader().getStatus() == EventStatus.EXERCISE,
                Objects.requireNonNullElse(newest.getReportId(), ""),
                set.body());
    }

    private static BeidouReport.Builder begin(BeidouReport newest, FragmentSet set, String suffix) {
        EventHeader header = newest.getHeader();
        return BeidouReport.newBuilder(newest)
                .setPart(null)
                .setParts(set.parts())
                .setRawContent(null)
                .setHeader(EventHeader.newBuilder(header)
                        .setEventId(header.getEventId() + suffix)
                        .setFlags(List.of())
                        .setSource(EventSource.newBuilder(header.getSource())
                                .setStableId(true)
                                .setRedelivered(false)
                                .build())
                        .build());
    }
}
