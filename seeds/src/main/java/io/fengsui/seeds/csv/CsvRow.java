package io.fengsui.seeds.csv;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table. The readers of cells tell what is wrong and go on: what they return after an error only serves to
 * find the next one.
 */
public final class CsvRow {
    /** Shape of the ids of devices, sites and parameters, which travel in MQTT topics and record keys. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    /** Shape of the ids of units and vendors, which name topics and users. */
    private static final Pattern NAME_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private final String file;
    private final int line;
    private final Map<String, String> cells;
    private final Problems problems;

    CsvRow(String file, int line, Map<String, String> cells, Problems problems) {
        this.file = file;
        this.line = line;
        this.cells = cells;
        this.problems = problems;
    }

    public int line() {
        return line;
    }

    /** Where another row stands, as seen from this one. */
    public String placeOf(CsvRow other) {
        return (other.file.equals(file) ? "line " : other.file + ":") + other.line;
    }

    /** The cell as it stands; blank if nothing is in it. */
    public String text(String column) {
        return cells.getOrDefault(column, "");
    }

    /** A text that must be there. */
    public String required(String column) {
        String value = text(column);
        if (value.isEmpty()) {
            error(column, "the cell is empty, expected a value");
        }
        return value;
    }

    public @Nullable String optional(String column) {
        String value = text(column);
        return value.isEmpty() ? null : value;
    }

    /** Letters, digits, '-', '_' and '.', at most 64. */
    public String id(String column) {
        return shaped(column, ID, "letters, digits, '-', '_' and '.', at most 64");
    }

    /** Lower-case letters, digits and '-', at most 32. */
    public String nameId(String column) {
        return shaped(column, NAME_ID, "lower-case letters, digits and '-', at most 32");
    }

    /** Values separated by ';', each once. */
    public List<String> list(String column) {
        Set<String> values = new LinkedHashSet<>();
        for (String part : text(column).split(";")) {
            String value = part.strip();
            if (!value.isEmpty() && !values.add(value)) {
                error(column, "found " + Problems.shown(value) + " twice, expected each value once");
            }
        }
        return new ArrayList<>(values);
    }

    public boolean flag(String column) {
        String value = text(column);
        if (!value.equals("true") && !value.equals("false")) {
            error(column, "found " + Problems.shown(value) + ", expected true or false");
        }
        return value.equals("true");
    }

    /** A symbol of the enum; UNKNOWN, which only old readers may see, is refused. */
    public <E extends Enum<E>> @Nullable E symbol(String column, Class<E> type) {
        return symbol(column, type, e -> !e.name().equals("UNKNOWN"));
    }

    /** A symbol of the enum that is allowed here. */
    public <E extends Enum<E>> @Nullable E symbol(String column, Class<E> type, Predicate<E> allowed) {
        String value = text(column);
        List<E> symbols = Arrays.stream(type.getEnumConstants()).filter(allowed).toList();
        for (E symbol : symbols) {
            if (symbol.name().equals(value)) {
                return symbol;
            }
        }
        error(
                column,
                "found " + Problems.shown(value) + ", expected one of "
                        + symbols.stream().map(Enum::name).collect(Collectors.joining(", ")));
        return null;
    }

    /** A day, ISO 8601. */
    public @Nullable LocalDate date(String column) {
        LocalDate day = readableDate(column);
        if (day == null && !text(column).isEmpty()) {
            error(column, "found " + Problems.shown(text(column)) + ", expected a day such as 2026-11-23");
        }
        return day;
    }

    /** A day, or null if the cell is empty or has something else; says nothing about it. */
    public @Nullable LocalDate readableDate(String column) {
        try {
            return text(column).isEmpty() ? null : LocalDate.parse(text(column));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** A whole number in a range, or null for an empty cell. */
    public @Nullable Integer integer(String column, int least, int most) {
        Double value = number(column, least, most);
        if (value != null && value != Math.rint(value)) {
            error(column, "found " + Problems.shown(text(column)) + ", expected a whole number");
            return null;
        }
        return value == null ? null : value.intValue();
    }

    /** A finite number in a range, or null for an empty cell. */
    public @Nullable Double number(String column, double least, double most) {
        String value = text(column);
        if (value.isEmpty()) {
            return null;
        }
        double number = NUMBER.matcher(value).matches() ? Double.parseDouble(value) : Double.NaN;
        if (!(number >= least && number <= most)) {
            error(
                    column,
                    "found " + Problems.shown(value) + ", expected a number from " + plain(least) + " to "
                            + plain(most));
            return null;
        }
        return number;
    }

    String file() {
        return file;
    }

    /** Whether another file of the set was read whole, so that this row may be held to what is in it. */
    public boolean canBeHeldTo(String otherFile) {
        return problems.isComplete(otherFile);
    }

    public void error(String column, String message) {
        problems.error(file, line, column, message);
    }

    public void warning(String column, String message) {
        problems.warning(file, line, column, message);
    }

    private String shaped(String column, Pattern shape, String words) {
        String value = text(column);
        if (!shape.matcher(value).matches()) {
            error(column, "found " + Problems.shown(value) + ", expected an id of " + words);
        }
        return value;
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
