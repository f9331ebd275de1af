package io.fengsui.ingest.feed.beidoureport;

import io.fengsui.event.BeidouCoding;
import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.DisasterKind;
import io.fengsui.event.ReportPhase;
import io.fengsui.event.Severity;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Decoder;
import io.fengsui.ingest.decode.JsonFields;
import io.fengsui.ingest.decode.JsonPayload;
import io.fengsui.ingest.decode.Report;
import io.fengsui.schema.rejection.Rejection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decodes Fengsui's JSON. */
public final class BeidouReportDecoder implements Decoder<BeidouReport> {
    /** Five times the city's population. */
    private static final int MAX_PERSONS = 10_000_000;

    private static final int MAX_ROOMS = 10_000_000;

    /** What only a terminal's own formats have. */
    private static final Set<BeidouContent> NATIVE =
            EnumSet.of(BeidouContent.FRAGMENT, BeidouContent.EMBEDDED, BeidouContent.NONE);

    private static final Pattern DIVISION_CODE = Pattern.compile("[0-9]{6}([0-9]{3}){0,2}");

    @Override
    public List<BeidouReport> decode(Report report) {
        return JsonPayload.decode(report, JsonPayload.Time.REQUIRED, BeidouReportDecoder::event);
    }

    private static BeidouReport event(JsonFields fields) {
        @Nullable DisasterKind disaster = fields.choice("disaster", DisasterKind.class);
        @Nullable String text = fields.text("text", 2_000);
        if (disaster == null && text == null) {
            throw new DecodeException(Rejection.MISSING_FIELD, "text", "neither text nor disaster says what happened");
        }
        return BeidouReport.newBuilder()
                .setContent(content(fields, disaster))
                .setCoding(orElse(fields.choice("coding", BeidouCoding.class), BeidouCoding.NONE))
                .setCard(card(fields))
                .setText(text)
                .setPhase(orElse(fields.choice("phase", ReportPhase.class), ReportPhase.UNKNOWN))
                .setDisaster(orElse(disaster, DisasterKind.UNKNOWN))
                .setSeverity(orElse(fields.choice("severity", Severity.class), Severity.UNKNOWN))
                .setDeaths(fields.integer("deaths", 0, MAX_PERSONS))
                .setMissing(fields.integer("missing", 0, MAX_PERSONS))
                .setAffected(fields.integer("affected", 0, MAX_PERSONS))
                .setEvacuated(fields.integer("evacuated", 0, MAX_PERSONS))
                .setReportedPoint(fields.point("reportedPoint"))
                .setCollapsedRooms(fields.integer("collapsedRooms", 0, MAX_ROOMS))
                .setDamagedRooms(fields.integer("damagedRooms", 0, MAX_ROOMS))
                .setReportedDivisionCode(divisionCode(fields))
                .setReportedDivisionName(fields.text("reportedDivisionName", 40))
                .setOccurredAt(fields.time("occurredAt"))
                .setHeader(fields.header())
                .build();
    }

    private static BeidouContent content(JsonFields fields, @Nullable DisasterKind disaster) {
        @Nullable BeidouContent told = fields.choice("content", BeidouContent.class, NATIVE);
        if (told == BeidouContent.STRUCTURED && disaster == null) {
            throw new DecodeException(Rejection.MISSING_FIELD, "disaster", "content is STRUCTURED");
        }
        return orElse(told, disaster == null ? BeidouContent.TEXT : BeidouContent.STRUCTURED);
    }

    private static @Nullable String card(JsonFields fields) {
        @Nullable String card = fields.text("card", 16);
        return card == null ? null : Card.ofJson(card);
    }

    private static @Nullable String divisionCode(JsonFields fields) {
        @Nullable String code = fields.text("reportedDivisionCode", 12);
        if (code != null && !DIVISION_CODE.matcher(code).matches()) {
            throw new DecodeException(
                    Rejection.WRONG_TYPE, "reportedDivisionCode", "is no statistical code of 6, 9 or 12 digits");
        }
        return code;
    }

    private static <V> V orElse(@Nullable V value, V otherwise) {
        return value == null ? otherwise : value;
    }
}
