package io.fengsui.seeds;

import io.fengsui.reference.Factor;
import io.fengsui.reference.VendorFactors;
import io.fengsui.schema.feed.FeedField;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.csv.CsvRow;
import io.fengsui.seeds.csv.CsvTable;
import io.fengsui.seeds.csv.Located;
import io.fengsui.seeds.csv.Problems;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * factors.csv: what the factor codes in a vendor's HJ 212 packets are readings of. A row with the code {@code MN} and the
 * field {@code gateway} says that the vendor's packets name the gateway in MN, not the device.
 */
final class FactorTable {
    static final String FILE = "factors.csv";

    private static final String NUMBER_CODE = "MN";
    private static final String GATEWAY = "gateway";
    private static final double LARGEST = 1e9;
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_]{1,32}");

    private final Map<String, Located<Vendor>> vendors;

    FactorTable(Map<String, Located<Vendor>> vendors) {
        this.vendors = vendors;
    }

    Map<String, VendorFactors> read(Path directory, Problems problems) {
        CsvTable table = CsvTable.read(
                directory,
                FILE,
                List.of("vendor", "code", "field", "scale", "offset", "unit", "validFrom", "validTo", "source"),
                problems);
        Map<String, List<Located<Factor>>> factors = new LinkedHashMap<>();
        Set<String> ofGateways = new HashSet<>();
        for (CsvRow row : table.rows()) {
            String vendor = row.text("vendor");
            References.find(row, "vendor", vendor, vendors, Vendor.FILE);
            row.required("source");
            List<Located<Factor>> former = factors.computeIfAbsent(vendor, id -> new ArrayList<>());
            if (row.text("code").equals(NUMBER_CODE)) {
                checkGateway(row);
                ofGateways.add(vendor);
            } else {
                Located<Factor> factor = new Located<>(row, factor(row));
                checkOverlap(factor, former, "code", Factor::getCode);
                checkOverlap(factor, former, "field", Factor::getField);
                former.add(factor);
            }
        }
        Map<String, VendorFactors> read = new LinkedHashMap<>();
        factors.forEach((vendor, of) -> read.put(
                vendor,
                new VendorFactors(
                        vendor,
                        ofGateways.contains(vendor),
                        of.stream().map(Located::value).toList())));
        return Collections.unmodifiableMap(read);
    }

    private static Factor factor(CsvRow row) {
        String code = row.text("code");
        if (!CODE.matcher(code).matches()) {
            row.error(
                    "code",
                    "found " + Problems.shown(code)
                            + ", expected a factor code of letters, digits and '_', at most 32, without -Rtd");
        }
        FeedField field = field(row);
        if (field != null && field.kind() != FeedField.Kind.FLAG) {
            row.required("unit");
        }
        Double scale = row.number("scale", -LARGEST, LARGEST);
        if (scale != null && scale == 0) {
            row.error("scale", "found 0, by which every reading were the same; expected another number");
        }
        LocalDate from = row.date("validFrom");
        LocalDate to = row.date("validTo");
        Validity.check(row, from, to);
        return Factor.newBuilder()
                .setCode(code)
                .setField(row.text("field"))
                .setScale(scale == null ? 1 : scale)
                .setOffset(Objects.requireNonNullElse(row.number("offset", -LARGEST, LARGEST), 0.0))
                .setUnit(row.text("unit"))
                .setValidFrom(from)
                .setValidTo(to)
                .build();
    }

    /** The reading that the row names, or null after an error. */
    private static @Nullable FeedField field(CsvRow row) {
        String name = row.text("field");
        List<String> readings = Feeds.DUST_SENSOR.fields().stream()
                .filter(FactorTable::isReading)
                .map(FeedField::name)
                .toList();
        if (!readings.contains(name)) {
            row.error(
                    "field",
                    "found " + Problems.shown(name) + ", expected a number or a true and false of " + Feeds.DUST_SENSOR
                            + ": " + String.join(", ", readings) + Problems.suggestion(name, readings));
            return null;
        }
        return Feeds.DUST_SENSOR.field(name).orElseThrow();
    }

    private static boolean isReading(FeedField field) {
        return switch (field.kind()) {
            case NUMBER, FLAG -> true;
            case TEXT, WHOLE, CHOICE, TIME, POINT -> false;
        };
    }

    private static void checkGateway(CsvRow row) {
        if (!row.text("field").equals(GATEWAY)) {
            row.error(
                    "field",
                    "found " + Problems.shown(row.text("field")) + ", expected " + GATEWAY
                            + ": MN is no reading but the number of the device, or of its gateway");
        }
        for (String column : List.of("scale", "offset", "unit", "validFrom", "validTo")) {
            if (!row.text(column).isEmpty()) {
                row.error(column, "found " + Problems.shown(row.text(column)) + ", expected nothing beside MN");
            }
        }
    }

    /** On no day two rows of a vendor may have the same code, or be readings of the same field. */
    private static void checkOverlap(
            Located<Factor> factor, List<Located<Factor>> former, String column, Function<Factor, String> value) {
        String own = value.apply(factor.value());
        former.stream()
                .filter(other -> value.apply(other.value()).equals(own) && overlap(other.value(), factor.value()))
                .findFirst()
                .ifPresent(other -> factor.row()
                        .error(
                                column,
                                "found " + Problems.shown(own) + " again, expected it once a day: line "
                                        + other.row().line() + " holds on some day of this row as well"));
    }

    private static boolean overlap(Factor a, Factor b) {
        return !isBefore(a.getValidTo(), b.getValidFrom()) && !isBefore(b.getValidTo(), a.getValidFrom());
    }

    private static boolean isBefore(@Nullable LocalDate last, @Nullable LocalDate first) {
        return last != null && first != null && last.isBefore(first);
    }
}
