package io.fengsui.alerting.console.page;

import java.util.Locale;

/**
 * A value of an alert with its unit, which stands in the field's name.
 *
 * @param name what was measured, in words where they are known
 * @param unit symbol of the unit; empty for a plain number or word
 */
public record Quantity(String name, String value, String unit) {

    /** Endings of field names that tell a unit; the longer of two that fit stands first. */
    private enum Unit {
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
        SECONDS("Seconds", "s");

        private final String ending;
        private final String symbol;

        Unit(String ending, String symbol) {
            this.ending = ending;
            this.symbol = symbol;
        }
    }

    /** Reads a field's name; one that is not known is shown as it is. */
    public static Quantity of(String field, String value, Words words) {
        for (Unit unit : Unit.values()) {
            if (field.endsWith(unit.ending) && field.length() > unit.ending.length()) {
                String bare = field.substring(0, field.length() - unit.ending.length());
                return new Quantity(name(field, bare, words), value, unit.symbol);
            }
        }
        return new Quantity(name(field, field, words), inWords(value, words), "");
    }

    private static String inWords(String value, Words words) {
        return ValueName.of(value).map(name -> name.in(words.language())).orElse(value);
    }

    private static String name(String field, String bare, Words words) {
        return FieldName.of(field)
                .map(name -> name.in(words.language()))
                .orElseGet(() -> words.language() == Language.EN ? apart(bare) : field);
    }

    /** hopperTemperature becomes "Hopper temperature". */
    private static String apart(String camelCase) {
        String words =
                camelCase.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT).strip();
        return words.isEmpty() ? camelCase : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
