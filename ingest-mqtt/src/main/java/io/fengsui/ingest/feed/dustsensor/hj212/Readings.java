package io.fengsui.ingest.feed.dustsensor.hj212;

import io.fengsui.event.FlaggedReading;
import io.fengsui.event.ReadingFlag;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.reference.Factor;
import io.fengsui.schema.feed.FeedField;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a packet's codes are readings of.
 *
 * @param values numbers and flags by field of the event
 * @param flagged readings whose instrument is not in its normal state
 * @param unknown number of items and codes that were passed over
 */
record Readings(Map<String, Object> values, List<FlaggedReading> flagged, int unknown) {
    private static final String REAL_TIME = "Rtd";
    private static final String MEAN = "Avg";
    private static final String FLAG = "Flag";

    /** What may stand beside a value and its flag without being missed. */
    private static final Set<String> KNOWN = Set.of(REAL_TIME, MEAN, FLAG, "Min", "Max", "Cou", "SampleTime");

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,20}(\\.\\d{1,20})?");
    private static final Pattern NO_NUMBER = Pattern.compile("(?i)[+-]?(nan|inf|infinity)");
    private static final String NORMAL = "N";

    /**
     * What the items of CP say.
     *
     * @param factors that hold on the day, by code
     * @throws DecodeException MISSING_FIELD, WRONG_TYPE, NOT_FINITE, OUT_OF_RANGE or UNKNOWN_VALUE
     */
    static Readings of(Map<String, String> items, Map<String, Factor> factors) {
        Map<String, Map<String, String>> byCode = new LinkedHashMap<>();
        int unknown = 0;
        for (Map.Entry<String, String> item : items.entrySet()) {
            int dash = item.getKey().lastIndexOf('-');
            String kind = item.getKey().substring(dash + 1);
            if (dash > 0 && KNOWN.contains(kind)) {
                byCode.computeIfAbsent(item.getKey().substring(0, dash), code -> new HashMap<>())
                        .put(kind, item.getValue());
            } else if (!item.getKey().equals(Hj212Decoder.DATA_TIME)) {
                unknown++;
            }
        }
        if (byCode.values().stream().noneMatch(Readings::saysSomething)) {
            throw new DecodeException(
                    Rejection.MISSING_FIELD, "CP", "carries no value: no item is <code>-Rtd or <code>-Avg");
        }
        Map<String, Object> values = new HashMap<>();
        List<FlaggedReading> flagged = new ArrayList<>();
        for (Map.Entry<String, Map<String, String>> code : byCode.entrySet()) {
            Factor factor = factors.get(code.getKey());
            Optional<FeedField> field = factor == null ? Optional.empty() : Feeds.DUST_SENSOR.field(factor.getField());
            if (factor == null || field.isEmpty()) {
                unknown++;
            } else {
                read(field.get(), factor, code.getValue(), values, flagged);
            }
        }
        return new Readings(values, List.copyOf(flagged), unknown);
    }

    private static void read(
            FeedField field,
            Factor factor,
            Map<String, String> item,
            Map<String, Object> values,
            List<FlaggedReading> flagged) {
        String flag = item.getOrDefault(FLAG, "").toUpperCase(Locale.ROOT);
        String text = item.getOrDefault(REAL_TIME, item.getOrDefault(MEAN, ""));
        if (!flag.isEmpty() && !flag.equals(NORMAL)) {
            flagged.add(new FlaggedReading(field.name(), flag(flag)));
        } else if (!text.isEmpty()) {
            values.put(field.name(), value(field, factor, text));
        }
    }

    private static boolean saysSomething(Map<String, String> item) {
        return item.containsKey(REAL_TIME) || item.containsKey(MEAN) || item.containsKey(FLAG);
    }

    private static Object value(FeedField field, Factor factor, String text) {
        if (NO_NUMBER.matcher(text).matches()) {
            throw new DecodeException(Rejection.NOT_FINITE, field.name(), "the value of its code is no finite number");
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new DecodeException(Rejection.WRONG_TYPE, field.name(), "the value of its code is no number");
        }
        double value = Double.parseDouble(text) * factor.getScale() + factor.getOffset();
        return field.kind() == FeedField.Kind.FLAG ? flag(field, value) : number(field, value);
    }

    private static boolean flag(FeedField field, double value) {
        if (value != 0 && value != 1) {
            throw new DecodeException(
                    Rejection.UNKNOWN_VALUE,
                    field.name(),
                    "the value of its code is neither 0 nor 1, as factors.csv has it");
        }
        return value == 1;
    }

    private static double number(FeedField field, double value) {
        if (value < field.min() || value > field.max()) {
            throw new DecodeException(
                    Rejection.OUT_OF_RANGE,
                    field.name(),
                    "the value of its code, in the field's unit as factors.csv has it, is not within " + field.min()
                            + " to " + field.max());
        }
        return value;
    }

    /** Table of data flags of the standard. */
    private static ReadingFlag flag(String letter) {
        return switch (letter) {
            case "F" -> ReadingFlag.STOPPED;
            case "M" -> ReadingFlag.MAINTENANCE;
            case "S" -> ReadingFlag.SET_BY_HAND;
            case "D" -> ReadingFlag.FAULT;
            case "C" -> ReadingFlag.CALIBRATION;
            case "T" -> ReadingFlag.OVER_RANGE;
            case "B" -> ReadingFlag.COMMUNICATION_FAULT;
            default -> ReadingFlag.OTHER;
        };
    }
}
