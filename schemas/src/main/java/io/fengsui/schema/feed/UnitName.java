package io.fengsui.schema.feed;

import java.util.Locale;
import java.util.Optional;

/** The unit at the end of a field's name, and the rest of it in words. */
public enum UnitName {
    // The longer of two endings that fit stands first.
    CUBIC_METRES_PER_SECOND("CubicMetresPerSecond", "m³/s"),
    GRAMS_PER_CUBIC_METRE("GramsPerCubicMetre", "g/m³"),
    METRES_PER_SECOND("MetresPerSecond", "m/s"),
    MEGAPASCALS("Megapascals", "MPa"),
    PASCALS("Pascals", "Pa"),
    PERCENT_LEL("PercentLel", "% LEL"),
    PERCENT("Percent", "%"),
    CELSIUS("Celsius", "°C"),
    MILLIMETRES("Millimetres", "mm"),
    METRES("Metres", "m"),
    MINUTES("Minutes", "min"),
    SECONDS("Seconds", "s"),
    VOLTS("Volts", "V");

    private final String ending;
    private final String symbol;

    UnitName(String ending, String symbol) {
        this.ending = ending;
        this.symbol = symbol;
    }

    /** Symbol of the unit. */
    public String symbol() {
        return symbol;
    }

    public static Optional<UnitName> of(String field) {
        for (UnitName unit : values()) {
            if (field.endsWith(unit.ending) && field.length() > unit.ending.length()) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    /** hopperTemperatureCelsius becomes "Hopper temperature". */
    public static String words(String field) {
        String bare = of(field)
                .map(unit -> field.substring(0, field.length() - unit.ending.length()))
                .orElse(field);
        String words =
                bare.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT).strip();
        return words.isEmpty() ? field : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
