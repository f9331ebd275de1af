package io.fengsui.ingest.feed.elevator119;

import io.fengsui.event.Elevator119;
import io.fengsui.event.ElevatorOrderKind;
import io.fengsui.event.ElevatorOrderState;
import io.fengsui.ingest.decode.Decoder;
import io.fengsui.ingest.decode.JsonFields;
import io.fengsui.ingest.decode.JsonPayload;
import io.fengsui.ingest.decode.Report;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decodes Fengsui's JSON. */
public final class Elevator119Decoder implements Decoder<Elevator119> {
    /** Far above the load of any lift; more is a wrong field. */
    private static final int MAX_PERSONS = 1_000;

    /** Mobile numbers, and land lines with their area code: personal data that must not travel on. */
    private static final Pattern TELEPHONE = Pattern.compile("(?<!\\d)(?:1[3-9]\\d{9}|0\\d{2,3}-?\\d{7,8})(?!\\d)");

    @Override
    public List<Elevator119> decode(Report report) {
        return JsonPayload.decode(report, JsonPayload.Time.REQUIRED, Elevator119Decoder::event);
    }

    private static Elevator119 event(JsonFields fields) {
        return Elevator119.newBuilder()
                .setOrderNo(fields.requiredText("orderNo", 64))
                .setKind(fields.requiredChoice("kind", ElevatorOrderKind.class))
                .setState(fields.requiredChoice("state", ElevatorOrderState.class))
                .setRescueCode(fields.text("rescueCode", 32))
                .setRescueLevel(fields.integer("rescueLevel", 1, 3))
                .setTrapped(fields.integer("trapped", 0, MAX_PERSONS))
                .setInjured(fields.integer("injured", 0, MAX_PERSONS))
                .setSuspectedDeaths(fields.integer("suspectedDeaths", 0, MAX_PERSONS))
                .setDescription(masked(fields.text("description", 500)))
                .setHeader(fields.header())
                .build();
    }

    private static @Nullable String masked(@Nullable String text) {
        return text == null ? null : TELEPHONE.matcher(text).replaceAll("***");
    }
}
